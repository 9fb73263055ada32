import { useMutation } from '@tanstack/react-query';
import { Copy, Download } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import ui from '../ui/ui.module.css';
import styles from './tokens.module.css';

interface IssuedDialogProps {
  readonly token: TokenListItem;
  readonly issued: IssuedSecret;
  readonly onClose: () => void;
  /** What else there is to say of how it was made. */
  readonly children?: ReactNode;
}

/** The one look at a new secret. */
export function IssuedDialog({ token, issued, onClose, children }: IssuedDialogProps) {
  const { issueId, secret } = issued;
  const copy = useMutation({
    mutationFn: () => unwrap(tessera.tokens.copyIssued({ issueId })),
    onSuccess: ({ clearsAfter }) => toast(copiedFor(clearsAfter)),
  });
  const save = useMutation({
    mutationFn: () => unwrap(tessera.tokens.saveIssued({ issueId })),
    onSuccess: ({ path }) => {
      if (path !== null)
        toast(`Saved to ${path}. It is not sealed there: delete it once it is in its place.`);
    },
  });
  useEffect(() => () => void tessera.tokens.closeIssued({ issueId }), [issueId]);
  return (
    <Dialog title={`The secret of ${token.name}`} onClose={onClose}>
      <output className={styles.revealed} aria-label="Secret">
        {secret}
      </output>
      <p>
        It is in the vault, and is shown this once. Later, showing or copying it asks for your passphrase.
      </p>
      {children}
      <ErrorBanner error={copy.error ?? save.error} />
      <div className={ui.actions}>
        <Button onPress={() => copy.mutate()}>
          <Copy size={14} aria-hidden /> Copy
        </Button>
        <Button onPress={() => save.mutate()}>
          <Download size={14} aria-hidden /> Download
        </Button>
        <Button kind="primary" onPress={onClose} autoFocus>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

/** How long a copied secret stays on the clipboard, in words. */
export function copiedFor(clearsAfter: number | null): string {
  return clearsAfter === null
    ? 'Copied. It stays on the clipboard until the vault is locked.'
    : `Copied. It is taken off the clipboard in ${clearsAfter} seconds.`;
}
