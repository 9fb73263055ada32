import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { CollectionSummary } from '../../shared/collections/collection.ts';
import { attemptsOf, type RunResult, type RunSummary } from '../../shared/collections/run.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { formatDuration } from '../responses/measures.ts';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { NumberField } from '../ui/number-field.tsx';
import ui from '../ui/ui.module.css';
import styles from './collections.module.css';

interface RunDialogProps {
  readonly app: App;
  readonly collection: CollectionSummary;
  readonly onClose: () => void;
}

const TONES = { passed: 'good', failed: 'bad', error: 'bad' } as const;

/** Runs a collection while one watches. */
export function RunDialog({ app, collection, onClose }: RunDialogProps) {
  const [retries, setRetries] = useState(0);
  const { run, results, total, cancel } = useRun(app.id, collection.id);
  const leave = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog title={`Run of ${collection.name}`} onClose={leave}>
      <NumberField
        label="Further tries of each"
        value={retries}
        most={10}
        onChange={(value) => setRetries(Math.round(value))}
      />
      <p className={styles.muted}>
        After 429, 502, 503, 504 or a failed connection, as Retry-After says. A request’s own setting comes
        first.
      </p>
      {run.isIdle || (
        <p role="status">
          {run.data === undefined ? `${results.length} of ${total || '…'} done` : totals(run.data)}
        </p>
      )}
      <ErrorBanner error={run.error} />
      <ul className={styles.results}>
        {results.map((result) => (
          <ResultRow key={result.path} result={result} />
        ))}
      </ul>
      <div className={ui.actions}>
        <Button onPress={leave}>Close</Button>
        {run.isPending ? (
          <Button onPress={cancel}>Stop</Button>
        ) : (
          <Button kind="primary" autoFocus onPress={() => run.mutate(retries)}>
            {run.isIdle ? 'Run' : 'Run again'}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** One run at a time, and its results as they come. */
function useRun(appId: string, collectionId: string) {
  const runId = useRef('');
  const [results, setResults] = useState<readonly RunResult[]>([]);
  const [total, setTotal] = useState(0);
  const run = useMutation({
    mutationFn: (retries: number) => {
      runId.current = crypto.randomUUID();
      setResults([]);
      return unwrap(tessera.collections.run({ appId, collectionId, runId: runId.current, retries }));
    },
  });
  useEffect(
    () =>
      tessera.on['collections.runProgress']((progress) => {
        if (progress.runId !== runId.current) return;
        setTotal(progress.total);
        setResults((known) => [...known, progress.result]);
      }),
    [],
  );
  const cancel = () => {
    if (run.isPending) void tessera.collections.cancelRun({ runId: runId.current });
  };
  return { run, results, total, cancel };
}

function ResultRow({ result }: { readonly result: RunResult }) {
  const { outcome, name, response, error, durationMs } = result;
  const tries = attemptsOf(result).length + 1;
  return (
    <li>
      <Badge tone={TONES[outcome]}>{outcome === 'error' ? 'no answer' : outcome}</Badge>
      <span className={styles.name}>{name}</span>
      <span className={styles.muted}>
        {response === null ? error?.code : response.status}
        {tries > 1 && `, ${tries} tries`}
      </span>
      <span className={styles.muted}>{formatDuration(durationMs)}</span>
      <Reasons result={result} />
    </li>
  );
}

function Reasons({ result: { response, error } }: { readonly result: RunResult }) {
  const failed = response?.assertions.filter(({ passed }) => !passed).map(({ message }) => message) ?? [];
  const reasons = error === null ? failed : [...failed, error.message];
  return reasons.length === 0 ? null : <span className={styles.reasons}>{reasons.join(' ')}</span>;
}

function totals({ passed, failed, errors, durationMs, cancelled }: RunSummary): string {
  return `${cancelled ? 'Stopped: ' : ''}${passed} passed, ${failed} failed, ${errors} without an answer, in ${formatDuration(durationMs)}`;
}
