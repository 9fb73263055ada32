import { useMutation } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { countBySeverity, type Finding, SEVERITIES, type Severity } from '../../shared/health/finding.ts';
import { refresh, useApps, useHealth } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toasts.tsx';
import { countText } from './count-text.ts';
import { FindingRow } from './finding-row.tsx';
import styles from './health.module.css';

const HEADINGS: Readonly<Record<Severity, string>> = {
  high: 'Serious',
  medium: 'Worth doing',
  low: 'Hints',
};
const SEVERITY_TONE = { high: 'bad', medium: 'warn', low: undefined } as const;

/** What could be better about tokens and apps, the worst first, each with what to do. */
export function HealthView() {
  const { data: report, error } = useHealth();
  const { data: apps = [] } = useApps();
  const [editing, setEditing] = useState<App | null>(null);
  const [isShowingDismissed, setShowingDismissed] = useState(false);
  const dismiss = useMutation({
    mutationFn: ({ appId, id, isDismissed }: Finding) =>
      unwrap(tessera.health.setDismissed({ appId, findingId: id, isDismissed: !isDismissed })),
    onSuccess: (_nothing, finding) => {
      refresh('health');
      if (!finding.isDismissed) {
        toast('Dismissed. It is not counted any more.', () =>
          dismiss.mutate({ ...finding, isDismissed: true }),
        );
      }
    },
  });
  const findings = report?.findings ?? [];
  const dismissed = findings.filter(({ isDismissed }) => isDismissed);
  const shown = findings.filter(({ isDismissed }) => isShowingDismissed || !isDismissed);
  const row = (finding: Finding) => (
    <FindingRow
      key={`${finding.appId} ${finding.id}`}
      finding={finding}
      onEditApp={() => setEditing(apps.find(({ id }) => id === finding.appId) ?? null)}
      onDismiss={() => dismiss.mutate(finding)}
    />
  );
  return (
    <main className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1>Health</h1>
          <Counts findings={findings} />
        </header>
        <ErrorBanner error={error ?? dismiss.error} />
        {report !== undefined && shown.length === 0 && (
          <div className={styles.empty}>
            <CircleCheck size={28} aria-hidden />
            <h2>Nothing to do</h2>
            <p>{lookedAt(report.tokens, report.apps)}</p>
          </div>
        )}
        {SEVERITIES.map((severity) => {
          const ofSeverity = shown.filter((finding) => finding.severity === severity);
          return ofSeverity.length === 0 ? null : (
            <section key={severity} className={styles.section} aria-labelledby={`severity-${severity}`}>
              <h2 id={`severity-${severity}`}>{HEADINGS[severity]}</h2>
              <ul className={styles.rows}>{ofSeverity.map(row)}</ul>
            </section>
          );
        })}
        {dismissed.length > 0 && (
          <div>
            <Button onPress={() => setShowingDismissed(!isShowingDismissed)}>
              {isShowingDismissed ? 'Hide what was dismissed' : `Show ${dismissed.length} dismissed`}
            </Button>
          </div>
        )}
      </div>
      {editing !== null && (
        <AppDialog
          app={editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            refresh('health');
          }}
        />
      )}
    </main>
  );
}

function Counts({ findings }: { readonly findings: readonly Finding[] }) {
  const counts = countBySeverity(findings);
  return (
    <p className={styles.counts}>
      {SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => (
        <Badge key={severity} tone={SEVERITY_TONE[severity]}>
          {countText(severity, counts[severity])}
        </Badge>
      ))}
    </p>
  );
}

function lookedAt(tokens: number, apps: number): string {
  if (tokens === 0) return 'There are no tokens yet. What could be better about them will be listed here.';
  const what = `${tokens === 1 ? 'One token' : `${tokens} tokens`} of ${apps === 1 ? 'one app' : `${apps} apps`}`;
  return `${what} ${tokens === 1 ? 'was' : 'were'} looked at: values kept twice, scopes, expiry, use, origins and certificates.`;
}
