import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Request } from '../../shared/requests/request.ts';
import type { SendProgress } from '../../shared/requests/response.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/** What the user was told of, and wants to send all the same. */
export interface SendAnyway {
  readonly sendExpired?: boolean;
  readonly sendCompromised?: boolean;
}

/** Sends a tab's request: one at a time, with how much has arrived, and a way to stop it. */
export function useSend(appId: string, collectionId: string | null) {
  const sendId = useRef<string>(null);
  const [progress, setProgress] = useState<SendProgress | null>(null);
  useEffect(
    () =>
      tessera.on['requests.progress']((next) => {
        if (next.sendId === sendId.current) setProgress(next);
      }),
    [],
  );
  const send = useMutation({
    mutationFn: ({ request, anyway }: { readonly request: Request; readonly anyway: SendAnyway }) => {
      const id = crypto.randomUUID();
      sendId.current = id;
      setProgress(null);
      return unwrap(tessera.requests.send({ sendId: id, appId, request, ...anyway, collectionId }));
    },
  });
  const responseId = send.data?.responseId;
  useEffect(
    () => () => {
      if (responseId !== undefined) void tessera.responses.close({ responseId });
    },
    [responseId],
  );
  return {
    ...send,
    receivedBytes: progress?.receivedBytes ?? 0,
    /** What can be looked at already. */
    live: progress?.live ?? null,
    cancel: () => {
      if (sendId.current !== null) void tessera.requests.cancel({ sendId: sendId.current });
    },
  };
}
