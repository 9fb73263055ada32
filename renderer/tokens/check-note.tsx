import type { ReactNode } from 'react';
import type { TokenCheck } from '../../shared/tokens/token.ts';
import { Badge } from '../ui/banner.tsx';
import { CHECK_TONES } from './check-dialog.tsx';
import styles from './check-note.module.css';

interface CheckNoteProps {
  readonly check: TokenCheck | null;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** What the provider said of a token when it was last asked, whose it is, and when that was. */
export function CheckNote({ check, children }: CheckNoteProps) {
  if (check === null) return <p className={styles.note}>Its provider was not asked about it yet.</p>;
  return (
    <div className={styles.note}>
      <p className={styles.head}>
        <Badge tone={CHECK_TONES[check.outcome]}>{check.outcome}</Badge>
        <span className={styles.identity}>{check.identity}</span>
        <time dateTime={check.at}>{new Date(check.at).toLocaleString()}</time>
      </p>
      <p>{check.message}</p>
      {children}
    </div>
  );
}
