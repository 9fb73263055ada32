import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { TokenCheckResult, TokenCheckSummary } from '../../shared/tokens/token-check.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { useOnce } from '../ui/use-once.ts';

/** Tokens of one app that are to be checked. */
export interface CheckTask {
  readonly app: App;
  /** `null`: all of them. */
  readonly tokenIds: readonly string[] | null;
}

/** What has come of all tasks together. */
export interface CheckOutcome extends TokenCheckSummary {
  /** Sentences on apps that could not be checked at all. */
  readonly problems: readonly string[];
}

export interface TokenCheckRun {
  /** Those that there are by now. */
  readonly results: readonly TokenCheckResult[];
  /** `undefined` until it has ended. */
  readonly outcome: CheckOutcome | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly cancel: () => void;
}

/** Asks the providers about tokens, app by app, as soon as it is there. */
export function useTokenCheck(tasks: readonly CheckTask[]): TokenCheckRun {
  const checkId = useRef(crypto.randomUUID());
  const isCancelled = useRef(false);
  const [results, setResults] = useState<readonly TokenCheckResult[]>([]);
  const check = useMutation({
    mutationFn: () => checkAll(tasks, checkId.current, () => isCancelled.current),
    onSettled: () => refresh('tokens'),
  });
  useEffect(
    () =>
      tessera.on['tokens.checkProgress']((progress) => {
        if (progress.checkId === checkId.current) setResults((known) => [...known, progress.result]);
      }),
    [],
  );
  useOnce(check.mutate);
  return {
    results: check.data?.results ?? results,
    outcome: check.data,
    error: check.error,
    isRunning: check.isPending,
    cancel: () => {
      isCancelled.current = true;
      void tessera.tokens.cancelCheck({ checkId: checkId.current });
    },
  };
}

/** Of many apps, one that cannot be checked does not stop the others. @throws AppError where there is one alone */
async function checkAll(
  tasks: readonly CheckTask[],
  checkId: string,
  isCancelled: () => boolean,
): Promise<CheckOutcome> {
  const results: TokenCheckResult[] = [];
  const problems: string[] = [];
  let isKept = true;
  for (const { app, tokenIds } of tasks) {
    if (isCancelled()) break;
    try {
      const ids = tokenIds === null ? null : [...tokenIds];
      const summary = await unwrap(tessera.tokens.check({ checkId, appId: app.id, tokenIds: ids }));
      results.push(...summary.results);
      isKept &&= summary.isKept;
    } catch (error) {
      if (tasks.length === 1 || !(error instanceof AppError) || error.code !== 'CHECK_NOT_SET') throw error;
      problems.push(`${app.name}: ${error.message}`);
    }
  }
  return { results, problems, isKept, cancelled: isCancelled() };
}
