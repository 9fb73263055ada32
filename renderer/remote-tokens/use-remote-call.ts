import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { Authority, ManagementExchange } from '../../shared/tokens/remote-token.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/** What every call to a provider is given, as the channels want it. */
export interface RemoteAsking {
  readonly callId: string;
  readonly appId: string;
  readonly authority: Authority;
}

interface RemoteCallOptions<Done> {
  readonly appId: string;
  readonly onDone?: (done: Done) => void;
}

export interface RemoteCall<Done> {
  readonly ask: (authority: Authority) => void;
  readonly data: Done | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  /** What was exchanged where the provider said no. */
  readonly refused: readonly ManagementExchange[];
  /** Stops waiting; what was asked may have been done all the same. */
  readonly cancel: () => void;
}

/** A call to the provider that manages tokens. A token that is not known there is looked for first, by its name. */
export function useRemoteCall<Done>(
  ask: (asking: RemoteAsking) => Promise<Done>,
  { appId, onDone }: RemoteCallOptions<Done>,
): RemoteCall<Done> {
  /** Of the last call, whether it is over or not. */
  const callOf = useRef<string | null>(null);
  const [refused, setRefused] = useState<readonly ManagementExchange[]>([]);
  useEffect(
    () =>
      tessera.on['remoteTokens.refused'](({ callId, exchange }) => {
        if (callId === callOf.current) setRefused([exchange]);
      }),
    [],
  );
  const mutation = useMutation({
    mutationFn: async (authority: Authority) => {
      const callId = crypto.randomUUID();
      callOf.current = callId;
      const asking = { callId, appId, authority };
      try {
        return await ask(asking);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'TOKEN_NOT_LINKED') throw error;
        await unwrap(tessera.remoteTokens.compare(asking));
        return await ask(asking);
      }
    },
    onMutate: () => setRefused([]),
    // What was answered may hold a new secret, and what was given a password.
    gcTime: 0,
    onSettled: () => refresh('tokens', 'apps'),
    onSuccess: (done) => onDone?.(done),
  });
  const cancel = () => {
    if (callOf.current !== null) void tessera.remoteTokens.cancel({ callId: callOf.current });
  };
  const { mutate, data, error, isPending } = mutation;
  return { ask: mutate, data, error, isPending, refused, cancel };
}
