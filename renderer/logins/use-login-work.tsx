import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { toast } from '../ui/toasts.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { connectedText } from './connected-text.ts';
import { LoginDialog } from './login-dialog.tsx';

type OpenDialog =
  | { readonly kind: 'describe'; readonly token: TokenListItem | null }
  | {
      readonly kind: 'connect';
      readonly token: TokenListItem;
      readonly start: { readonly password: string | null } | null;
    };

interface LoginAction {
  readonly label: string;
  readonly act: () => void;
}

/** What can be done with tokens that are got by signing in, and the dialogs of it. */
export function useLoginWork(app: App): {
  readonly add: () => void;
  /** For a menu; none for a token that is kept as it is. */
  readonly actionsFor: (token: TokenListItem) => readonly LoginAction[];
  readonly dialogs: ReactNode;
  readonly error: Error | null;
} {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const renew = useMutation({
    mutationFn: ({ appId, id }: TokenListItem) => unwrap(tessera.logins.refresh({ appId, tokenId: id })),
    onSuccess: (token) => toast(connectedText(token)),
    onSettled: () => refresh('tokens'),
  });
  const signOut = useMutation({
    mutationFn: ({ appId, id }: TokenListItem) => unwrap(tessera.logins.signOut({ appId, tokenId: id })),
    onSuccess: ({ token, problem }) =>
      toast(
        problem === null
          ? `Signed out of ${token.name}.`
          : `Signed out of ${token.name} here. The provider may not know it: ${problem}`,
      ),
    onSettled: () => refresh('tokens'),
  });
  const connect = (token: TokenListItem, start: { readonly password: string | null } | null) =>
    setDialog({ kind: 'connect', token, start });
  const close = () => setDialog(null);
  return {
    add: () => setDialog({ kind: 'describe', token: null }),
    actionsFor: (token) =>
      isObtained(token)
        ? [
            {
              label: 'Connect…',
              act: () => connect(token, token.login === null ? { password: null } : null),
            },
            ...(token.isRenewable ? [{ label: 'Refresh now', act: () => renew.mutate(token) }] : []),
            ...(token.connectedAt === null ? [] : [{ label: 'Sign out', act: () => signOut.mutate(token) }]),
            { label: 'Edit the sign-in…', act: () => setDialog({ kind: 'describe', token }) },
          ]
        : [],
    dialogs: (
      <>
        {dialog?.kind === 'describe' && (
          <LoginDialog
            app={app}
            token={dialog.token}
            onClose={close}
            onAdded={(token, password) => connect(token, { password })}
          />
        )}
        {dialog?.kind === 'connect' && (
          <ConnectDialog token={dialog.token} start={dialog.start} onClose={close} />
        )}
      </>
    ),
    error: renew.error ?? signOut.error,
  };
}
