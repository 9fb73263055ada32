import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ConnectStep } from '../../shared/logins/connecting.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/** What a person gives to sign in; `null`: what is kept. */
export interface ConnectInput {
  readonly password: string | null;
  readonly code: string | null;
}

/** Signs in for a token: one at a time, with what is to be done elsewhere, and a way to stop it. */
export function useConnect(token: TokenListItem, onConnected: (token: TokenListItem) => void) {
  const connectId = useRef<string>(null);
  const [step, setStep] = useState<ConnectStep | null>(null);
  useEffect(
    () =>
      tessera.on['logins.progress']((progress) => {
        if (progress.connectId === connectId.current) setStep(progress.step);
      }),
    [],
  );
  const cancel = () => {
    if (connectId.current !== null) void tessera.logins.cancel({ connectId: connectId.current });
  };
  const connect = useMutation({
    mutationFn: (input: ConnectInput) => {
      const id = crypto.randomUUID();
      connectId.current = id;
      setStep(null);
      return unwrap(tessera.logins.connect({ connectId: id, ...keyOf(token), ...input }));
    },
    gcTime: 0,
    onSuccess: onConnected,
    onSettled: () => {
      connectId.current = null;
      refresh('tokens');
    },
  });
  const openCodePage = () => {
    if (connectId.current !== null) void tessera.logins.openCodePage({ connectId: connectId.current });
  };
  return { connect, step, cancel, openCodePage };
}
