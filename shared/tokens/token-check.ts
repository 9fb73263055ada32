import type { ErrorCode } from '../app-error.ts';
import type { TokenCheck } from './token.ts';

/** What asking the provider about one token has shown. */
export interface TokenCheckResult {
  readonly tokenId: string;
  readonly name: string;
  readonly check: TokenCheck;
  /** Known to the provider, but not allowed to make just this request. */
  readonly isLimited: boolean;
  /** Why no answer came; `null`: one did. */
  readonly code: ErrorCode | null;
}

export interface TokenCheckSummary {
  /** In the order in which they came; those that a cancelling cut short are not among them. */
  readonly results: readonly TokenCheckResult[];
  readonly cancelled: boolean;
  /** Whether the results are in the vault: one that another process writes to cannot take them. */
  readonly isKept: boolean;
}

/** "3 accepted, 1 refused, 0 unclear". @param written how a number is written; left out: in digits alone */
export function describeTotals(
  results: readonly TokenCheckResult[],
  written: (count: number) => string = String,
): string {
  const count = (outcome: TokenCheck['outcome']) =>
    written(results.filter(({ check }) => check.outcome === outcome).length);
  return `${count('accepted')} accepted, ${count('refused')} refused, ${count('unclear')} unclear`;
}

export interface TokenCheckProgress {
  readonly checkId: string;
  readonly result: TokenCheckResult;
  readonly done: number;
  readonly total: number;
}
