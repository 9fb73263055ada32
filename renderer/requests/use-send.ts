import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Request } from '../../shared/requests/request.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/** What the user was told of, and wants to send all the same. */
export interface SendAnyway {
  readonly sendExpired?: boolean;
  readonly sendCompromised?: boolean;
}

/** Sends a tab's request: one at a time, with how much has arrived, and a way to stop it. */
export function useSend(appId: string, collectionId: string | null) {
  const sendId = useRef<string>(null);
  const [receivedBytes, setReceived] = useState(0);
  useEffect(
    () =>
      tessera.on['requests.progress']((progress) => {
        if (progress.sendId === sendId.current) setReceived(progress.receivedBytes);
      }),
    [],
  );
  const send = useMutation({
    mutationFn: ({ request, anyway }: { readonly request: Request; readonly anyway: SendAnyway }) => {
      const id = crypto.randomUUID();
      sendId.current = id;
      setReceived(0);
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
    receivedBytes,
    cancel: () => {
      if (sendId.current !== null) void tessera.requests.cancel({ sendId: sendId.current });
    },
  };
}
