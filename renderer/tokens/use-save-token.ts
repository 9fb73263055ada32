import { useMutation } from '@tanstack/react-query';
import type { App } from '../../shared/apps/app.ts';
import { isObtained, type TokenExpiry, type TokenListItem } from '../../shared/tokens/token.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { confirmed } from '../vault/confirmation.tsx';
import type { EditorTask } from './editor-task.ts';
import { type TokenDraft, tokenFields } from './token-draft.ts';
import type { FollowRename, LeftRequests } from './use-follow-rename.ts';

export interface SavedToken {
  readonly token: TokenListItem;
  /** A secret that was made, and is to be looked at once. */
  readonly issued?: IssuedSecret;
  /** What goes on naming the token by the name it had. */
  readonly left?: LeftRequests | null;
}

interface SaveOptions {
  readonly app: App;
  readonly task: EditorTask;
  readonly rename: Pick<FollowRename, 'check' | 'follow'>;
  readonly onSaved: (saved: SavedToken) => void;
}

/** Keeps, makes or changes the token, as the task says. */
export function useSaveToken(
  { app, task, rename, onSaved }: SaveOptions,
  draft: TokenDraft,
  { expiry, allowExpired }: { readonly expiry: TokenExpiry | undefined; readonly allowExpired: boolean },
) {
  return useMutation({
    mutationFn: async () => {
      const token = { ...tokenFields(draft), ...expiry };
      if (task.kind === 'generate') {
        const made = await confirmed(() =>
          tessera.tokens.generate({ appId: app.id, token, shape: draft.shape, allowExpired }),
        );
        return { ...made };
      }
      if (task.kind === 'edit') {
        const { appId, id } = task.token;
        const changes = isObtained(task.token) ? describing(token) : token;
        await rename.check();
        const edited = await confirmed(() =>
          tessera.tokens.edit({ appId, tokenId: id, changes, allowExpired }),
        );
        return { token: edited, left: await rename.follow(edited) };
      }
      return {
        token: await unwrap(
          tessera.tokens.add({ appId: app.id, token: { ...token, secret: draft.secret }, allowExpired }),
        ),
      };
    },
    gcTime: 0,
    onSuccess: (saved: SavedToken) => {
      refresh('tokens', 'apps');
      onSaved(saved);
    },
  });
}

/** What people say of a token that Tessera gets by itself: the rest comes with it. */
function describing<
  Fields extends { name: string; notes: string; actsAs: TokenDraft['actsAs']; scopes: string[] },
>({ name, notes, actsAs, scopes }: Fields) {
  return { name, notes, actsAs, scopes };
}
