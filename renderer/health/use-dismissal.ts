import { useMutation } from '@tanstack/react-query';
import type { Finding } from '../../shared/health/finding.ts';
import { refresh, showDismissed } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { toast } from '../ui/toasts.tsx';

interface Choice {
  readonly findings: readonly Finding[];
  readonly isDismissed: boolean;
}

/** Lets findings be, or counts them again. They go at once: with many tokens it takes a while until it is written. */
export function useDismissal() {
  const { mutate, error } = useMutation({
    onMutate: ({ findings, isDismissed }: Choice) => showDismissed(findings, isDismissed),
    mutationFn: ({ findings, isDismissed }: Choice) =>
      unwrap(
        tessera.health.setDismissed({
          findings: findings.map(({ appId, id }) => ({ appId, findingId: id })),
          isDismissed,
        }),
      ),
    onSuccess: (_nothing, { findings, isDismissed }) => {
      if (isDismissed) toast(dismissedText(findings.length), () => mutate({ findings, isDismissed: false }));
    },
    // What is shown was too soon to say so.
    onError: () => refresh('health'),
  });
  return { setDismissed: mutate, error };
}

function dismissedText(count: number): string {
  return count === 1
    ? 'Dismissed. It is not counted any more.'
    : `Dismissed ${count.toLocaleString()}. They are not counted any more.`;
}
