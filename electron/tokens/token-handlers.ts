import { generateSecret } from '../../core/tokens/generate-secret.ts';
import { checkNotExpired } from '../../core/tokens/token-refusals.ts';
import type { TokenKey } from '../../shared/tokens/token.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';
import { saveCalendar } from './save-calendar.ts';
import { saveSecret } from './save-secret.ts';
import { TokenRevisions } from './token-revisions.ts';

/** How long a secret stays on screen. */
const REVEAL_SECONDS = 30;

export function tokenHandlers(context: ShellContext): FeatureHandlers<'tokens'> {
  const { tessera } = context;
  const { tokens, confirmation } = tessera;
  const revisions = new TokenRevisions(tessera);
  return {
    'tokens.list': ({ since }) => revisions.listSince(since),
    'tokens.add': ({ appId, token, allowExpired }) => {
      if (!allowExpired) checkNotExpired(token.expiresAt, new Date());
      return tessera.describeToken(tokens.add(appId, token));
    },
    'tokens.edit': ({ changes, allowExpired, ...key }) => {
      confirmation.require();
      const isNewExpiry = changes.expiresAt !== tokens.get(key).expiresAt;
      if (isNewExpiry && !allowExpired) checkNotExpired(changes.expiresAt ?? null, new Date());
      return tessera.describeToken(tokens.edit(key, changes, { allowExpired }));
    },
    'tokens.markCompromised': ({ keys, isCompromised }) => {
      confirmation.require();
      tokens.markCompromised(keys, isCompromised);
    },
    'tokens.remove': ({ keys }) => {
      confirmation.require();
      return { undoId: tokens.removeSeveral(keys) };
    },
    'tokens.saveCalendar': async () => {
      const { text, events } = tessera.expiryCalendar(null);
      return { path: await saveCalendar(context.window, text), events };
    },
    'tokens.undoRemove': ({ undoId }) => tokens.removed.undo(undoId),
    'tokens.forgetRemoved': ({ undoId }) => tokens.removed.forget(undoId),
    ...checkHandlers(context),
    ...storedSecretHandlers(context),
    ...newSecretHandlers(context),
  };
}

type TokenHandlers = FeatureHandlers<'tokens'>;

/** Needs no confirmation: it sends nothing that a request of the app could not send. */
function checkHandlers({
  tessera,
  emit,
}: ShellContext): Pick<TokenHandlers, 'tokens.check' | 'tokens.cancelCheck'> {
  const checking = new Map<string, AbortController>();
  return {
    'tokens.check': async ({ checkId, appId, tokenIds }) => {
      const controller = new AbortController();
      checking.set(checkId, controller);
      try {
        return await tessera.checkTokens(appId, tokenIds, {
          signal: controller.signal,
          onResult: (result, done, total) => emit('tokens.checkProgress', { checkId, result, done, total }),
        });
      } finally {
        checking.delete(checkId);
      }
    },
    'tokens.cancelCheck': ({ checkId }) => checking.get(checkId)?.abort(),
  };
}

/** For owners who have just shown to be there. */
function storedSecretHandlers({
  tessera: { tokens, confirmation, settings },
  secretClipboard,
  contentProtection,
}: ShellContext): Pick<TokenHandlers, 'tokens.copySecret' | 'tokens.reveal'> {
  const withSecret = async <Value>(key: TokenKey, use: (secret: Buffer) => Value | Promise<Value>) => {
    confirmation.require();
    return useAndWipe(tokens.secrets.open(key), use);
  };
  return {
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

/** Secrets that Tessera makes are shown once. */
function newSecretHandlers({
  tessera,
  secretClipboard,
  issuedSecrets,
  window,
}: ShellContext): Pick<
  TokenHandlers,
  'tokens.generate' | 'tokens.rotate' | 'tokens.copyIssued' | 'tokens.saveIssued' | 'tokens.closeIssued'
> {
  const { tokens, confirmation, settings } = tessera;
  return {
    'tokens.generate': ({ appId, token, shape, allowExpired }) => {
      confirmation.require();
      if (!allowExpired) checkNotExpired(token.expiresAt, new Date());
      return useAndWipe(generateSecret(shape), (secret) => {
        const added = tokens.add(appId, { ...token, secret: secret.toString('utf8') });
        return {
          token: tessera.describeToken(added),
          issued: issuedSecrets.issue({ appId, tokenId: added.id }, secret),
        };
      });
    },
    'tokens.rotate': ({ value, rotation, ...key }) => {
      confirmation.require();
      const { expiresAt } = rotation;
      if (expiresAt !== tokens.get(key).expiresAt) checkNotExpired(expiresAt ?? null, new Date());
      const isGiven = value.kind === 'given';
      const next = isGiven ? Buffer.from(value.secret, 'utf8') : generateSecret(value.shape);
      return useAndWipe(next, (secret) => {
        const { token } = tokens.rotate(key, secret, rotation);
        return {
          token: tessera.describeToken(token),
          issued: isGiven ? null : issuedSecrets.issue(key, secret),
        };
      });
    },
    'tokens.copyIssued': ({ issueId }) =>
      useAndWipe(tokens.secrets.open(issuedSecrets.keyOf(issueId)), async (secret) => {
        const clearsAfter = settings.read().clipboardSeconds;
        await secretClipboard.copy(secret, clearsAfter);
        return { clearsAfter };
      }),
    'tokens.saveIssued': ({ issueId }) => {
      const key = issuedSecrets.keyOf(issueId);
      return useAndWipe(tokens.secrets.open(key), async (secret) => ({
        path: await saveSecret(window, tokens.get(key).name, secret),
      }));
    },
    'tokens.closeIssued': ({ issueId }) => issuedSecrets.close(issueId),
  };
}

async function useAndWipe<Value>(
  secret: Buffer,
  use: (secret: Buffer) => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await use(secret);
  } finally {
    secret.fill(0);
  }
}
