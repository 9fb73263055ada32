import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { refresh, useApps, useProviders } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { useLoginWork } from '../logins/use-login-work.tsx';
import { useRemoteWork } from '../remote-tokens/use-remote-work.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { CheckDialog } from './check-dialog.tsx';
import type { EditorTask } from './editor-task.ts';
import { copiedFor, IssuedDialog } from './issued-dialog.tsx';
import { RemoveTokensDialog } from './remove-tokens-dialog.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import type { TokenWork } from './token-actions.ts';
import { TokenEditor } from './token-editor.tsx';
import type { CheckTask } from './use-token-check.ts';

type OpenDialog =
  | { readonly kind: 'editor'; readonly task: EditorTask }
  | { readonly kind: 'rotate'; readonly token: TokenListItem }
  | { readonly kind: 'check'; readonly tokens: readonly TokenListItem[] }
  | { readonly kind: 'remove'; readonly tokens: readonly TokenListItem[] }
  | { readonly kind: 'issued'; readonly token: TokenListItem; readonly issued: IssuedSecret };

/**
 * All that can be done with tokens, for the table and the list in the sidebar alike.
 *
 * @param app whose tokens they are; `null`: of all apps
 * @returns `dialogs` stand once in what uses this
 */
export function useTokenWork(app: App | null): {
  readonly work: TokenWork;
  readonly dialogs: ReactNode;
  readonly error: unknown;
} {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = () => setDialog(null);
  const copy = useMutation({
    mutationFn: (token: TokenListItem) => confirmed(() => tessera.tokens.copySecret(keyOf(token))),
    onSuccess: ({ clearsAfter }) => toast(copiedFor(clearsAfter)),
  });
  const reveal = useMutation({
    mutationFn: (token: TokenListItem) => confirmed(() => tessera.tokens.reveal(keyOf(token))),
    gcTime: 0,
  });
  const mark = useMutation({
    mutationFn: ({ tokens, isCompromised }: Marking) =>
      confirmed(() => tessera.tokens.markCompromised({ keys: tokens.map(keyOf), isCompromised })),
    onSuccess: (_done, { tokens: { length }, isCompromised }) => {
      refresh('tokens');
      const [it, its] = length === 1 ? ['it', 'its'] : ['them', 'their'];
      if (isCompromised)
        toast(`Requests refuse ${it} now. Revoke ${it} at ${its} provider, then rotate ${it}.`);
    },
  });
  const logins = useLoginWork(app);
  const edit = (task: EditorTask) => setDialog({ kind: 'editor', task });
  const work: TokenWork = {
    logins: logins.work,
    add: () => edit({ kind: 'add' }),
    generate: () => edit({ kind: 'generate' }),
    edit: (token) => edit({ kind: 'edit', token }),
    duplicate: (token) => edit({ kind: 'copy', token }),
    rotate: (token) => setDialog({ kind: 'rotate', token }),
    check: (tokens) => setDialog({ kind: 'check', tokens }),
    remove: (tokens) => setDialog({ kind: 'remove', tokens }),
    mark: (tokens, isCompromised) => mark.mutate({ tokens, isCompromised }),
    copySecret: (token) => copy.mutate(token),
    reveal: (token) => reveal.mutate(token),
    refresh: () => refresh('tokens'),
  };
  const remote = useRemoteWork(app, work);
  const dialogs = (
    <>
      {logins.dialogs}
      <TokenDialog
        app={app}
        dialog={dialog}
        onClose={close}
        onIssued={(token, issued) => setDialog({ kind: 'issued', token, issued })}
      />
      {reveal.data !== undefined && reveal.variables !== undefined && (
        <RevealDialog
          {...reveal.data}
          token={reveal.variables}
          onCopy={() => copy.mutate(reveal.variables)}
          onClose={reveal.reset}
        />
      )}
      {remote.dialogs}
    </>
  );
  return {
    work: remote.work,
    dialogs,
    error: copy.error ?? reveal.error ?? mark.error ?? logins.error,
  };
}

interface Marking {
  readonly tokens: readonly TokenListItem[];
  readonly isCompromised: boolean;
}

interface TokenDialogProps {
  readonly app: App | null;
  readonly dialog: OpenDialog | null;
  readonly onClose: () => void;
  readonly onIssued: (token: TokenListItem, issued: IssuedSecret) => void;
}

function TokenDialog({ app, dialog, onClose, onIssued }: TokenDialogProps) {
  const { data: apps = [] } = useApps();
  const { data: providers = [] } = useProviders();
  const ownerOf = (token: TokenListItem) => apps.find(({ id }) => id === token.appId);
  const providerOf = (token: TokenListItem) => {
    const providerId = token.provider ?? ownerOf(token)?.provider;
    return providers.find(({ id }) => id === providerId);
  };
  const commonProvider = (tokens: readonly TokenListItem[]) => {
    const [first, ...others] = new Set(tokens.map(providerOf));
    return others.length === 0 ? first : undefined;
  };
  switch (dialog?.kind) {
    case 'editor': {
      const { task } = dialog;
      const owner = 'token' in task ? (ownerOf(task.token) ?? null) : app;
      return <TokenEditor app={owner} task={task} onClose={onClose} onIssued={onIssued} />;
    }
    case 'rotate': {
      const { token } = dialog;
      return (
        <RotateDialog token={token} provider={providerOf(token)} onClose={onClose} onIssued={onIssued} />
      );
    }
    case 'check': {
      const { tokens } = dialog;
      return <CheckDialog tasks={checkTasks(tokens, apps)} total={tokens.length} onClose={onClose} />;
    }
    case 'remove':
      return (
        <RemoveTokensDialog
          tokens={dialog.tokens}
          provider={commonProvider(dialog.tokens)}
          onClose={onClose}
        />
      );
    case 'issued':
      return <IssuedDialog token={dialog.token} issued={dialog.issued} onClose={onClose} />;
    default:
      return null;
  }
}

/** Tokens by their apps: each is asked about as one of its own. */
function checkTasks(tokens: readonly TokenListItem[], apps: readonly App[]): CheckTask[] {
  return apps.flatMap((app) => {
    const tokenIds = tokens.filter(({ appId }) => appId === app.id).map(({ id }) => id);
    return tokenIds.length === 0 ? [] : [{ app, tokenIds }];
  });
}
