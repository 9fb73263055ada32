import type { AppErrorData } from '../app-error.ts';
import type { Attempt } from '../requests/rate-limit.ts';
import type { Response } from '../requests/response.ts';

/** What became of one request of a run. */
export interface RunResult {
  readonly path: string;
  readonly name: string;
  readonly method: string;
  /** As sent, redacted. */
  readonly url: string;
  /** `failed`: an assertion did not hold. `error`: no complete answer came. */
  readonly outcome: 'passed' | 'failed' | 'error';
  readonly response: Response | null;
  readonly error: AppErrorData | null;
  readonly durationMs: number;
}

/** Tries of a request that came before the one whose result it is. */
export function attemptsOf({ response, error }: Pick<RunResult, 'response' | 'error'>): readonly Attempt[] {
  return response?.attempts ?? error?.timeline?.attempts ?? [];
}

export interface RunSummary {
  readonly collection: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly cancelled: boolean;
  readonly results: readonly RunResult[];
}

export interface RunProgress {
  readonly runId: string;
  readonly done: number;
  readonly total: number;
  readonly result: RunResult;
}
