import type { Token, TokenListItem } from '../../shared/tokens/token.ts';
import { tokenState } from '../../shared/tokens/token-state.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function tokenHandlers({ tessera: { tokens } }: ShellContext): FeatureHandlers<'tokens'> {
  return {
    'tokens.list': ({ appId }) => {
      const now = new Date();
      return tokens.list(appId).map((token) => listItem(token, now));
    },
    'tokens.add': ({ appId, token }) => listItem(tokens.add(appId, token), new Date()),
    'tokens.remove': (key) => tokens.remove(key),
  };
}

function listItem(token: Token, now: Date): TokenListItem {
  return { ...token, state: tokenState(token, now) };
}
