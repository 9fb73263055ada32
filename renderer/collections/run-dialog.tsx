import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { CollectionSummary } from '../../shared/collections/collection.ts';
import type { RunResult } from '../../shared/collections/run.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { formatDuration } from '../responses/measures.ts';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
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
  const runId = useRef(crypto.randomUUID());
  const [results, setResults] = useState<readonly RunResult[]>([]);
  const [total, setTotal] = useState(0);
  const run = useMutation({
    mutationFn: () =>
      unwrap(tessera.collections.run({ appId: app.id, collectionId: collection.id, runId: runId.current })),
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
  const start = run.mutate;
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    start();
  }, [start]);
  const cancel = () => void tessera.collections.cancelRun({ runId: runId.current });
  const leave = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog title={`Run of ${collection.name}`} onClose={leave}>
      <p role="status">
        {run.data === undefined ? `${results.length} of ${total || '…'} done` : totals(run.data)}
      </p>
      <ErrorBanner error={run.error} />
      <ul className={styles.results}>
        {results.map((result) => (
          <li key={result.path}>
            <Badge tone={TONES[result.outcome]}>
              {result.outcome === 'error' ? 'no answer' : result.outcome}
            </Badge>
            <span className={styles.name}>{result.name}</span>
            <span className={styles.muted}>
              {result.response === null ? result.error?.code : result.response.status}
            </span>
            <span className={styles.muted}>{formatDuration(result.durationMs)}</span>
            <Reasons result={result} />
          </li>
        ))}
      </ul>
      <div className={ui.actions}>
        {run.isPending && <Button onPress={cancel}>Stop</Button>}
        <Button kind="primary" onPress={leave}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function Reasons({ result: { response, error } }: { readonly result: RunResult }) {
  const failed = response?.assertions.filter(({ passed }) => !passed).map(({ message }) => message) ?? [];
  const reasons = error === null ? failed : [...failed, error.message];
  return reasons.length === 0 ? null : <span className={styles.reasons}>{reasons.join(' ')}</span>;
}

function totals({
  passed,
  failed,
  errors,
  durationMs,
  cancelled,
}: {
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly durationMs: number;
  readonly cancelled: boolean;
}): string {
  return `${cancelled ? 'Stopped: ' : ''}${passed} passed, ${failed} failed, ${errors} without an answer, in ${formatDuration(durationMs)}`;
}
