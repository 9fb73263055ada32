import { memo } from 'react';
import {
  describeTotals,
  type TokenCheckResult,
  type TokenCheckSummary,
} from '../../shared/tokens/token-check.ts';
import { Badge, Banner, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import ui from '../ui/ui.module.css';
import styles from './check-dialog.module.css';
import { type CheckTask, useTokenCheck } from './use-token-check.ts';

interface CheckDialogProps {
  readonly tasks: readonly CheckTask[];
  /** How many tokens that are. */
  readonly total: number;
  readonly onClose: () => void;
}

export const CHECK_TONES = { accepted: 'good', refused: 'bad', unclear: 'warn' } as const;

/** Past this many results the dialog is as high from its start as it will be: its button would run from the mouse. */
const FEW = 3;

/** Asks the provider about tokens while one watches. */
export function CheckDialog({ tasks, total, onClose }: CheckDialogProps) {
  const { results, outcome, error, isRunning, cancel } = useTokenCheck(tasks);
  const leave = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog title={titleOf(tasks)} onClose={leave}>
      {(error === null || error === undefined) && (
        <p role="status">
          {outcome === undefined
            ? `${results.length.toLocaleString()} of ${total.toLocaleString()} checked`
            : totals(outcome, total)}
        </p>
      )}
      {isRunning && (
        <progress className={styles.progress} aria-label="Progress" value={results.length} max={total} />
      )}
      <ErrorBanner error={error} />
      {outcome?.problems.map((problem) => (
        <Banner key={problem} tone="warn">
          {problem}
        </Banner>
      ))}
      {outcome?.isKept === false && (
        <Banner tone="warn">The results could not be kept: another Tessera is writing to this vault.</Banner>
      )}
      <ul className={styles.results} aria-label="Results" data-waiting={isRunning && total > FEW}>
        {results.map((result) => (
          <Result key={result.tokenId} result={result} />
        ))}
      </ul>
      <div className={ui.actions}>
        {isRunning ? (
          <Button onPress={cancel}>Stop</Button>
        ) : (
          <Button kind="primary" onPress={leave}>
            Close
          </Button>
        )}
      </div>
    </Dialog>
  );
}

interface ResultProps {
  readonly result: TokenCheckResult;
}

/** Painted once: hundreds of others come after it. */
const Result = memo(function Result({ result: { name, check, isLimited } }: ResultProps) {
  return (
    <li>
      <Badge tone={isLimited ? 'warn' : CHECK_TONES[check.outcome]}>
        {isLimited ? 'limited' : check.outcome}
      </Badge>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.identity} title={check.identity ?? ''}>
        {check.identity}
      </span>
      <span className={styles.message}>{check.message}</span>
    </li>
  );
});

function titleOf(tasks: readonly CheckTask[]): string {
  const [only, another] = tasks;
  return only === undefined || another !== undefined ? 'Check of tokens' : `Check of ${only.app.name}`;
}

function totals({ results, cancelled }: TokenCheckSummary, total: number): string {
  const counts = describeTotals(results, (count) => count.toLocaleString());
  return cancelled
    ? `Stopped after ${results.length.toLocaleString()} of ${total.toLocaleString()}: ${counts}`
    : counts;
}
