import { type ReactNode, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { TokenAction } from '../../shared/providers/provider.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { useApps, useProviders } from '../api/queries.ts';
import type { TokenWork } from '../tokens/token-actions.ts';
import { toast } from '../ui/toasts.tsx';
import { type Place, type RemoteDialog, RemoteDialogs } from './remote-dialogs.tsx';

/**
 * The work with tokens, done at the provider where its API can; what it cannot is done in the vault alone.
 *
 * @param app whose tokens they are; `null`: of all apps
 * @param local the work in the vault
 * @returns `dialogs` stand once in what uses this
 */
export function useRemoteWork(
  app: App | null,
  local: TokenWork,
): { readonly work: TokenWork; readonly dialogs: ReactNode } {
  const [dialog, setDialog] = useState<RemoteDialog | null>(null);
  const { data: apps = [] } = useApps();
  const { data: providers = [] } = useProviders();
  const placeOf = (of: App | undefined): Place | null => {
    const provider = providers.find(({ id }) => id === of?.provider);
    return of === undefined || provider === undefined ? null : { app: of, provider };
  };
  /** Where all of them are of one app, and of its provider, whose API can do this. */
  const placeFor = (action: TokenAction, tokens: readonly TokenListItem[]): Place | null => {
    const place = placeOf(apps.find(({ id }) => id === tokens[0]?.appId));
    return place?.provider.actions.includes(action) === true && tokens.every((token) => isOf(place, token))
      ? place
      : null;
  };
  const generate = () => {
    const place = placeOf(app ?? undefined);
    if (place?.provider.actions.includes('create') === true) {
      setDialog({ kind: 'token', task: { kind: 'create' }, ...place });
    } else if (place !== null && place.provider.tokenPage !== null) setDialog({ kind: 'byHand', ...place });
    else local.generate();
  };
  const refresh = () => {
    local.refresh();
    const place = placeOf(app ?? undefined);
    if (place?.provider.actions.includes('list') === true) setDialog({ kind: 'compare', ...place });
    else if (place !== null) {
      toast(`${place.provider.name} lists no tokens by its API. A check asks about each of them.`);
    }
  };
  const work: TokenWork = {
    ...local,
    generate,
    refresh,
    edit: (token) => {
      const place = placeFor('edit', [token]);
      if (place === null) local.edit(token);
      else setDialog({ kind: 'token', task: { kind: 'edit', token }, ...place });
    },
    duplicate: (token) => {
      const place = placeFor('create', [token]);
      if (place === null) local.duplicate(token);
      else setDialog({ kind: 'token', task: { kind: 'copy', token }, ...place });
    },
    rotate: (token) => {
      const place = placeFor('regenerate', [token]);
      if (place === null) local.rotate(token);
      else setDialog({ kind: 'regenerate', token, ...place });
    },
    remove: (tokens) => {
      const place = placeFor('revoke', tokens);
      if (place === null) local.remove(tokens);
      else setDialog({ kind: 'revoke', tokens, ...place });
    },
  };
  return {
    work,
    dialogs: dialog !== null && <RemoteDialogs dialog={dialog} local={local} onDialog={setDialog} />,
  };
}

/** What is kept beside a newer value is not the provider's token any more. */
function isOf({ app, provider }: Place, { appId, retiresAt, ...token }: TokenListItem): boolean {
  return appId === app.id && retiresAt === null && (token.provider ?? provider.id) === provider.id;
}
