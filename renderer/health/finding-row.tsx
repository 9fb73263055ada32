import type { Finding } from '../../shared/health/finding.ts';
import { useSelection } from '../shell/selection-store.ts';
import { Button } from '../ui/button.tsx';
import styles from './health.module.css';

/** What can be done about findings from where they are listed. */
export interface FindingWork {
  readonly editApp: (appId: string) => void;
  readonly setDismissed: (findings: readonly Finding[], isDismissed: boolean) => void;
}

interface FindingRowProps {
  readonly finding: Finding;
  /** Left out where it stands above, once for all. */
  readonly advice: string | null;
  readonly work: FindingWork;
}

/** A finding, with the way to where it can be mended. */
export function FindingRow({ finding, advice, work }: FindingRowProps) {
  const { kind, app, title, isDismissed } = finding;
  return (
    <li className={styles.finding}>
      <div className={styles.about}>
        <p>
          <Title finding={finding} />
          {/* Tokens of the same value are named with their apps. */}
          {kind !== 'same-value' && <span className={styles.where}> {app}</span>}
        </p>
        {advice !== null && <p className={styles.advice}>{advice}</p>}
      </div>
      <div className={styles.actions}>
        <Mend finding={finding} onEditApp={() => work.editApp(finding.appId)} />
        <Button
          kind="quiet"
          data-finding="dismiss"
          aria-label={`${isDismissed ? 'Count again' : 'Dismiss'}: ${title}`}
          onPress={() => work.setDismissed([finding], !isDismissed)}
        >
          {isDismissed ? 'Count again' : 'Dismiss'}
        </Button>
      </div>
    </li>
  );
}

/** What is said, with the name of the token where it begins with that. */
function Title({ finding: { title, token } }: { readonly finding: Finding }) {
  if (token === null || !title.startsWith(token)) return <strong>{title}</strong>;
  return (
    <>
      <strong>{token}</strong>
      {title.slice(token.length)}
    </>
  );
}

function Mend({ finding, onEditApp }: { readonly finding: Finding; readonly onEditApp: () => void }) {
  const { kind, appId, app, tokenId, token } = finding;
  const { select, openToken } = useSelection();
  if (tokenId !== null) {
    return (
      <Button aria-label={`Open the token ${token}`} onPress={() => openToken({ appId, tokenId })}>
        Open the token
      </Button>
    );
  }
  return kind === 'unverified-certificates' ? (
    <Button aria-label={`Open the app ${app}`} onPress={() => select(appId)}>
      Open the app
    </Button>
  ) : (
    <Button aria-label={`Edit the app ${app}`} onPress={onEditApp}>
      Edit the app…
    </Button>
  );
}
