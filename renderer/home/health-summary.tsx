import { HeartPulse } from 'lucide-react';
import { type FindingCounts, SEVERITIES } from '../../shared/health/finding.ts';
import { useHealthCounts } from '../api/queries.ts';
import { countText } from '../health/count-text.ts';
import { useSelection } from '../shell/selection-store.ts';
import styles from './home.module.css';

/** In one line what could be better, and the way to it. */
export function HealthSummary() {
  const { data: counts } = useHealthCounts();
  const open = useSelection((selection) => selection.open);
  return (
    <button
      type="button"
      className={styles.summary}
      data-tone={toneOf(counts)}
      onClick={() => open('health')}
    >
      <HeartPulse size={18} aria-hidden />
      <strong>Health</strong>
      <span className={styles.muted}>{summaryOf(counts)}</span>
    </button>
  );
}

function toneOf(counts: FindingCounts | undefined): 'bad' | 'good' | undefined {
  if (counts === undefined) return undefined;
  if (counts.high > 0) return 'bad';
  return counts.medium + counts.low > 0 ? undefined : 'good';
}

function summaryOf(counts: FindingCounts | undefined): string {
  if (counts === undefined) return 'Looking over your tokens…';
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    countText(severity, counts[severity]),
  );
  return parts.length === 0 ? 'Nothing to do.' : parts.join(', ');
}
