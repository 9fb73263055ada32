import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { useTokens } from '../api/queries.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { ConnectionDialog } from '../connections/connection-dialog.tsx';
import { ConnectDialog } from '../logins/connect-dialog.tsx';
import type { SendAnyway } from '../requests/sends-store.ts';
import { useTokenWork } from '../tokens/use-token-work.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './response-view.module.css';
import { UnansweredTimeline } from './timeline.tsx';
import { type WayOut, wayOut, wayPast } from './way-out.ts';

interface SendFailureProps {
  readonly app: App;
  readonly error: unknown;
  /** What the request was sent in spite of. */
  readonly before: SendAnyway | undefined;
  readonly onSend: (anyway: SendAnyway) => void;
  readonly onChooseToken: () => void;
}

/** Why nothing came back, how far it got, and what leads on. */
export function SendFailure({ app, error, before = {}, onSend, onChooseToken }: SendFailureProps) {
  const { data: tokens = [] } = useTokens(app.id);
  const { work, dialogs, error: workError } = useTokenWork(app);
  /** Kept while its dialog is open: what is done in there may lead out already. */
  const [open, setOpen] = useState<WayOut | null>(null);
  const way = wayOut(error, app, tokens);
  const past = wayPast(error, before);
  const take = (chosen: WayOut) => {
    if (chosen.kind === 'rotate') work.rotate(chosen.token);
    else if (chosen.kind === 'add-token') work.add();
    else if (chosen.kind === 'choose-token') onChooseToken();
    else if (chosen.kind === 'send-again') onSend(before);
    else setOpen(chosen);
  };
  const close = () => setOpen(null);
  return (
    <section className={styles.failed} aria-label="Response">
      <ErrorBanner error={error} />
      {(way !== null || past !== null) && (
        <div className={styles.ways}>
          {way !== null && <Button onPress={() => take(way)}>{labelOf(way, app)}</Button>}
          {past !== null && <Button onPress={() => onSend(past)}>Send anyway</Button>}
        </div>
      )}
      <ErrorBanner error={workError} />
      {error instanceof AppError && error.timeline !== undefined && (
        <UnansweredTimeline timeline={error.timeline} />
      )}
      {open?.kind === 'allow' && <AppDialog app={app} adding={open.origin} onClose={close} onSaved={close} />}
      {open?.kind === 'connection' && <ConnectionDialog app={app} onClose={close} />}
      {open?.kind === 'connect' && (
        <ConnectDialog
          token={open.token}
          start={open.token.login === null ? { password: null } : null}
          onConnected={() => onSend(before)}
          onClose={close}
        />
      )}
      {dialogs}
    </section>
  );
}

function labelOf(way: WayOut, app: App): string {
  switch (way.kind) {
    case 'allow':
      return `Allow ${way.origin} for ${app.name}…`;
    case 'rotate':
      return `Rotate ${way.token.name}…`;
    case 'connect':
      return 'Connect and send';
    case 'connection':
      return `Connection of ${app.name}…`;
    case 'choose-token':
      return 'Choose a token';
    case 'add-token':
      return 'Add a token…';
    default:
      return 'Send again';
  }
}
