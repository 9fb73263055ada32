import type { Token, TokenKey, TokenListItem } from '../../shared/tokens/token.ts';
import { tokenState } from '../../shared/tokens/token-state.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** How long a secret stays on screen. */
const REVEAL_SECONDS = 30;

export function tokenHandlers(context: ShellContext): FeatureHandlers<'tokens'> {
  const { tessera, secretClipboard, contentProtection } = context;
  const { tokens, confirmation, settings } = tessera;
  /** For owners who have just shown to be there. */
  const withSecret = async <Value>(key: TokenKey, use: (secret: Buffer) => Value | Promise<Value>) => {
    confirmation.require();
    const secret = tokens.openSecret(key);
    try {
      return await use(secret);
    } finally {
      secret.fill(0);
    }
  };
  return {
    'tokens.list': ({ appId }) => {
      const now = new Date();
      return tokens.list(appId).map((token) => listItem(token, now));
    },
    'tokens.add': ({ appId, token }) => listItem(tokens.add(appId, token), new Date()),
    'tokens.remove': (key) => {
      confirmation.require();
      tokens.remove(key);
    },
    'tokens.copySecret': (key) =>
      withSecret(key, async (secret) => {
        const clearsAfter = settings.read().clipboardSeconds;
        await secretClipboard.copy(secret, clearsAfter);
        return { clearsAfter };
      }),
    'tokens.reveal': (key) =>
      withSecret(key, (secret) => {
        contentProtection.protectFor(REVEAL_SECONDS);
        return { secret: secret.toString('utf8'), hidesAfter: REVEAL_SECONDS };
      }),
  };
}

function listItem(token: Token, now: Date): TokenListItem {
  return { ...token, state: tokenState(token, now) };
}
