import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { IpcOutput } from '../../shared/ipc-contract.ts';
import { tessera } from '../api/tessera.ts';
import { confirmed } from '../vault/confirmation.tsx';

/** An answer with nothing masked, for a while and for its owner: another answer, which is closed when it is hidden. */
export function useShownSecrets(responseId: string) {
  const [shown, setShown] = useState<IpcOutput<'responses.showSecrets'> | null>(null);
  const show = useMutation({
    mutationFn: () => confirmed(() => tessera.responses.showSecrets({ responseId })),
    onSuccess: setShown,
    gcTime: 0,
  });
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), shown.hidesAfter * 1000);
    return () => {
      clearTimeout(timer);
      void tessera.responses.close({ responseId: shown.responseId });
    };
  }, [shown]);
  return { shown, error: show.error, show: () => show.mutate(), hide: () => setShown(null) };
}
