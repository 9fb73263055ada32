import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Finding } from '../../shared/health/finding.ts';
import { useSelection } from '../shell/selection-store.ts';
import { Badge } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './health.module.css';

const ICONS = { high: CircleAlert, medium: TriangleAlert, low: Info } as const;

interface FindingRowProps {
  readonly finding: Finding;
  readonly onEditApp: () => void;
  readonly onDismiss: () => void;
}

/** A finding, with the way to where it can be mended. */
export function FindingRow({ finding, onEditApp, onDismiss }: FindingRowProps) {
  const { kind, severity, appId, app, tokenId, token, title, advice, isDismissed } = finding;
  const { select, openToken } = useSelection();
  const Icon = ICONS[severity];
  return (
    <li className={styles.finding} data-severity={severity}>
      <Icon size={16} aria-hidden />
      <div className={styles.about}>
        <strong>{title}</strong>
        <p>{advice}</p>
        <p className={styles.where}>
          {app}
          {isDismissed && <Badge>dismissed</Badge>}
        </p>
      </div>
      <div className={styles.actions}>
        {tokenId !== null ? (
          <Button aria-label={`Open the token ${token}`} onPress={() => openToken({ appId, tokenId })}>
            Open the token
          </Button>
        ) : kind === 'unverified-certificates' ? (
          <Button aria-label={`Open the app ${app}`} onPress={() => select(appId)}>
            Open the app
          </Button>
        ) : (
          <Button aria-label={`Edit the app ${app}`} onPress={onEditApp}>
            Edit the app…
          </Button>
        )}
        <Button
          kind="quiet"
          aria-label={`${isDismissed ? 'Count again' : 'Dismiss'}: ${title}`}
          onPress={onDismiss}
        >
          {isDismissed ? 'Count again' : 'Dismiss'}
        </Button>
      </div>
    </li>
  );
}
