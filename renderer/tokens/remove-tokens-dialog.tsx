import { useMutation } from '@tanstack/react-query';
import { AppError } from '../../shared/app-error.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { LostDefaults } from './lost-defaults.tsx';
import { OpenTokenPage } from './open-token-page.tsx';
import { TokenNames } from './token-names.tsx';

interface RemoveTokensDialogProps {
  readonly tokens: readonly TokenListItem[];
  /** Of all of them, where they have one. */
  readonly provider?: ProviderSummary | undefined;
  readonly onClose: () => void;
}

/** One or several at once, with a way back while the message about it is there. */
export function RemoveTokensDialog({ tokens, provider, onClose }: RemoveTokensDialogProps) {
  const what = tokens.length === 1 ? (tokens[0]?.name ?? '') : `${tokens.length.toLocaleString()} tokens`;
  const remove = useMutation({
    mutationFn: () => confirmed(() => tessera.tokens.remove({ keys: tokens.map(keyOf) })),
    onSuccess: ({ undoId }) => {
      refresh('tokens', 'apps');
      onClose();
      toast(
        `Removed ${what}.`,
        () => void putBack(undoId),
        () => void tessera.tokens.forgetRemoved({ undoId }),
      );
    },
  });
  return (
    <FormDialog
      title={`Remove ${what}?`}
      action={`Remove ${tokens.length === 1 ? 'token' : what}`}
      isDangerous
      isJustAsking
      isBusy={remove.isPending}
      onClose={onClose}
      onSubmit={() => remove.mutate()}
    >
      {tokens.length > 1 && <TokenNames tokens={tokens} />}
      <p>
        {tokens.length === 1 ? 'It is' : 'They are'} deleted from the vault. At the provider{' '}
        {tokens.length === 1 ? 'it stays' : 'they stay'} valid until you revoke{' '}
        {tokens.length === 1 ? 'it' : 'them'} there.
      </p>
      <LostDefaults tokens={tokens} />
      {provider !== undefined && <OpenTokenPage provider={provider} />}
      <ErrorBanner error={remove.error} />
    </FormDialog>
  );
}

async function putBack(undoId: string): Promise<void> {
  try {
    await unwrap(tessera.tokens.undoRemove({ undoId }));
  } catch (error) {
    toast(error instanceof AppError ? error.message : 'It could not be undone.');
  }
  refresh('tokens', 'apps');
}
