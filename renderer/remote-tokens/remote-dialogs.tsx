import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { ManagementExchange, RemoteIssue } from '../../shared/tokens/remote-token.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { useTokens } from '../api/queries.ts';
import { IssuedDialog } from '../tokens/issued-dialog.tsx';
import type { TokenWork } from '../tokens/token-actions.ts';
import { ByHandDialog } from './by-hand-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { Exchanges } from './exchanges.tsx';
import { RegenerateDialog } from './regenerate-dialog.tsx';
import { RemoteDoneDialog } from './remote-done-dialog.tsx';
import { type RemoteTask, RemoteTokenDialog } from './remote-token-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

/** An app, and its provider. */
export interface Place {
  readonly app: App;
  readonly provider: ProviderSummary;
}

export type RemoteDialog =
  | ({ readonly kind: 'token'; readonly task: RemoteTask } & Place)
  | ({ readonly kind: 'regenerate'; readonly token: TokenListItem } & Place)
  | ({ readonly kind: 'revoke'; readonly tokens: readonly TokenListItem[] } & Place)
  | ({ readonly kind: 'compare' } & Place)
  | ({ readonly kind: 'byHand' } & Place)
  | ({ readonly kind: 'issued'; readonly token: TokenListItem; readonly issued: IssuedSecret } & Exchanged)
  | ({ readonly kind: 'done'; readonly about: string } & Exchanged);

interface Exchanged {
  readonly exchanges: readonly ManagementExchange[];
}

interface RemoteDialogsProps {
  readonly dialog: RemoteDialog;
  /** The work in the vault alone. */
  readonly local: TokenWork;
  readonly onDialog: (dialog: RemoteDialog | null) => void;
}

/** The one dialog that is open, and which comes after it. */
export function RemoteDialogs({ dialog, local, onDialog }: RemoteDialogsProps) {
  const close = () => onDialog(null);
  const instead = (act: () => void) => () => {
    close();
    act();
  };
  switch (dialog.kind) {
    case 'token':
      return (
        <RemoteTokenDialog
          {...dialog}
          onClose={close}
          onDone={(done) => onDialog(afterChange(done, dialog.provider))}
          onLocal={instead(() => localTask(local, dialog.task))}
        />
      );
    case 'regenerate':
      return (
        <RegenerateDialog
          {...dialog}
          onClose={close}
          onDone={(done) => onDialog(afterChange(done, dialog.provider))}
          onLocal={instead(() => local.rotate(dialog.token))}
        />
      );
    case 'revoke':
      return (
        <RevokeDialog
          {...dialog}
          onClose={close}
          onDone={(exchanges) =>
            onDialog({ kind: 'done', about: removedText(dialog.tokens, dialog.provider), exchanges })
          }
          onLocal={instead(() => local.remove(dialog.tokens))}
        />
      );
    case 'compare':
      return <Compare {...dialog} local={local} onClose={close} />;
    case 'byHand':
      return (
        <ByHandDialog
          provider={dialog.provider}
          onClose={close}
          onKeep={instead(local.add)}
          onLocal={instead(local.generate)}
        />
      );
    case 'issued':
      return (
        <IssuedDialog token={dialog.token} issued={dialog.issued} onClose={close}>
          <Exchanges exchanges={dialog.exchanges} />
        </IssuedDialog>
      );
    case 'done':
      return <RemoteDoneDialog {...dialog} onClose={close} />;
  }
}

interface CompareProps extends Place {
  readonly local: TokenWork;
  readonly onClose: () => void;
}

function Compare({ app, provider, local, onClose }: CompareProps) {
  const { data: tokens = [] } = useTokens(app.id);
  const listed = (missing: readonly { readonly id: string }[]) =>
    tokens.filter(({ id }) => missing.some((each) => each.id === id));
  return (
    <CompareDialog
      app={app}
      provider={provider}
      onClose={onClose}
      onRemove={(missing) => {
        onClose();
        local.remove(listed(missing));
      }}
      onMark={(missing) => {
        onClose();
        local.mark(listed(missing), true);
      }}
    />
  );
}

/** What has a new value is shown once. */
function afterChange({ token, issued, exchanges }: RemoteIssue, { name }: ProviderSummary): RemoteDialog {
  if (issued !== null) return { kind: 'issued', token, issued, exchanges };
  return { kind: 'done', about: `${token.name} was changed at ${name}, and here.`, exchanges };
}

function removedText(tokens: readonly TokenListItem[], { name }: ProviderSummary): string {
  const what =
    tokens.length === 1 ? `${tokens[0]?.name} was` : `${tokens.length.toLocaleString()} tokens were`;
  return `${what} revoked at ${name}, and removed from the vault.`;
}

function localTask(local: TokenWork, task: RemoteTask): void {
  if (task.kind === 'create') local.generate();
  else if (task.kind === 'edit') local.edit(task.token);
  else local.duplicate(task.token);
}
