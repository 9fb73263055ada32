import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { OpenTokenPage } from '../tokens/open-token-page.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import ui from '../ui/ui.module.css';
import styles from './remote-tokens.module.css';

interface ByHandDialogProps {
  readonly provider: ProviderSummary;
  readonly onClose: () => void;
  /** The token was made at the provider, and is to be kept. */
  readonly onKeep: () => void;
  /** For what takes the user's own values. */
  readonly onLocal: () => void;
}

/** What to do where the provider makes tokens on its web page alone. */
export function ByHandDialog({ provider, onClose, onKeep, onLocal }: ByHandDialogProps) {
  const { name, tokenPage } = provider;
  return (
    <FormDialog
      title={`${name} makes tokens on its web page`}
      action="Keep the new token…"
      isJustAsking
      onClose={onClose}
      onSubmit={onKeep}
    >
      <p>Its API cannot make one, so this takes three steps:</p>
      <ol className={styles.steps}>
        <li>
          {tokenPage === null
            ? `Sign in to ${name}, and go to its tokens.`
            : 'Open the page, in your browser:'}
          <OpenTokenPage provider={provider} />
        </li>
        <li>Make a token there, with the scopes that it needs. Its value is usually shown once.</li>
        <li>Paste it here: it is recognised, and goes into the vault.</li>
      </ol>
      <div className={styles.about}>
        <span className={ui.hint}>For a service that takes a value of your own:</span>
        <Button onPress={onLocal}>Make a value here…</Button>
      </div>
    </FormDialog>
  );
}
