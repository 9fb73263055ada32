import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import { refresh, useApps } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { toast } from '../ui/toasts.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { connectedText } from './connected-text.ts';
import type { LoginWork } from './login-actions.ts';
import { LoginDialog } from './login-dialog.tsx';

type OpenDialog =
  | { readonly kind: 'describe'; readonly token: TokenListItem | null }
  | {
      readonly kind: 'connect';
      readonly token: TokenListItem;
      readonly start: { readonly password: string | null } | null;
    };

/**
 * The work with tokens that are got by signing in.
 *
 * @param app whose they are; `null`: of all apps, and a new one is of the first
 * @returns `dialogs` stand once in what uses this
 */
export function useLoginWork(app: App | null): {
  readonly work: LoginWork;
  readonly dialogs: ReactNode;
  readonly error: Error | null;
} {
  const { data: apps = [] } = useApps();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const renew = useMutation({
    mutationFn: (token: TokenListItem) => unwrap(tessera.logins.refresh(keyOf(token))),
    onSuccess: (token) => toast(connectedText(token)),
    onSettled: () => refresh('tokens'),
  });
  const signOut = useMutation({
    mutationFn: (token: TokenListItem) => unwrap(tessera.logins.signOut(keyOf(token))),
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
  const owner = dialog?.token == null ? (app ?? apps[0]) : apps.find(({ id }) => id === dialog.token?.appId);
  return {
    work: {
      add: () => setDialog({ kind: 'describe', token: null }),
      // Where nothing is to be typed, it begins at once.
      connect: (token) => connect(token, token.login === null ? { password: null } : null),
      renew: (token) => renew.mutate(token),
      signOut: (token) => signOut.mutate(token),
      describe: (token) => setDialog({ kind: 'describe', token }),
    },
    dialogs: (
      <>
        {dialog?.kind === 'describe' && owner !== undefined && (
          <LoginDialog
            app={owner}
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
