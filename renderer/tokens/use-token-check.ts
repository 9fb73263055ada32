import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { TokenCheckResult, TokenCheckSummary } from '../../shared/tokens/token-check.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';

export interface TokenCheckRun {
  /** Those that there are by now. */
  readonly results: readonly TokenCheckResult[];
  /** `undefined` until it has ended. */
  readonly summary: TokenCheckSummary | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly cancel: () => void;
}

/** Asks the provider about tokens of an app, about all of them with `null`, as soon as it is there. */
export function useTokenCheck(appId: string, tokenIds: readonly string[] | null): TokenCheckRun {
  const checkId = useRef(crypto.randomUUID());
  const [results, setResults] = useState<readonly TokenCheckResult[]>([]);
  const check = useMutation({
    mutationFn: () =>
      unwrap(
        tessera.tokens.check({
          checkId: checkId.current,
          appId,
          tokenIds: tokenIds === null ? null : [...tokenIds],
        }),
      ),
    onSettled: () => refresh('tokens'),
  });
  useEffect(
    () =>
      tessera.on['tokens.checkProgress']((progress) => {
        if (progress.checkId === checkId.current) setResults((known) => [...known, progress.result]);
      }),
    [],
  );
  const start = check.mutate;
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    start();
  }, [start]);
  return {
    results: check.data?.results ?? results,
    summary: check.data,
    error: check.error,
    isRunning: check.isPending,
    cancel: () => void tessera.tokens.cancelCheck({ checkId: checkId.current }),
  };
}
