import { providerOf } from '../../core/providers/providers.ts';
import type { Tessera } from '../../core/tessera.ts';
import type { RemoteChange } from '../../core/tokens/remote-tokens.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type RemoteWish, remoteWishSchema } from '../../shared/tokens/remote-token.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { printable, table } from '../terminal.ts';
import { findToken, findTokens } from '../tokens/find-token.ts';
import { checkRename, followRename } from '../tokens/follow-rename.ts';
import { listedToken } from '../tokens/listed-token.ts';
import { readExpiry } from '../tokens/read-expiry.ts';
import { lostDefaults } from '../tokens/remove-token.ts';
import { type AuthorityOptions, readAuthority } from './read-authority.ts';

export interface RemoteWishOptions extends AuthorityOptions {
  readonly expires?: string;
  readonly scope?: readonly string[];
  readonly actsAs?: string;
  readonly note?: string;
}

export async function listRemote(session: Session, options: AuthorityOptions): Promise<undefined> {
  const tessera = await session.unlocked();
  const { app, authority } = await readAuthority(session, tessera, options, false);
  const { updated, missing, others } = await tessera.remoteTokens.compare(
    app.id,
    authority,
    session.interruption(),
  );
  const listed = (tokens: typeof updated) =>
    tokens.map((token) => listedToken(tessera.describeToken(token), app));
  const rows = [
    ...updated.map(({ name }) => [name, 'brought up to date']),
    ...missing.map(({ name }) => [name, 'no longer there: revoked or removed']),
    ...others.map(({ name }) => [name, 'only there: its value is not to be had']),
  ];
  session.print(
    { updated: listed(updated), missing: listed(missing), others },
    rows.length === 0 ? 'The vault and the provider agree.' : table(['NAME', 'STATE'], rows),
  );
}

export async function listScopes(session: Session, options: AuthorityOptions): Promise<undefined> {
  const tessera = await session.unlocked();
  const { app, authority } = await readAuthority(session, tessera, options, false);
  const scopes = await tessera.remoteTokens.scopes(app.id, authority, session.interruption());
  session.print(scopes, scopes.map(printable).join('\n'));
}

export async function createRemote(
  session: Session,
  name: string,
  options: RemoteWishOptions,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const { app, authority } = await readAuthority(session, tessera, options, true);
  const wish = readWish({ name, scopes: [], expiresAt: null, notes: '', actsAs: 'person' }, options, app);
  const change = await tessera.remoteTokens.create(app.id, wish, authority, session.interruption());
  printChange(session, tessera, app, change, 'Made');
}

export async function editRemote(
  session: Session,
  name: string,
  options: RemoteWishOptions & { readonly name?: string; readonly updateRequests?: boolean },
): Promise<ExitCode | undefined> {
  const tessera = await session.confirmed();
  const { app, authority } = await readAuthority(session, tessera, options, true);
  const { key, token } = findToken(tessera, name, options.app);
  const { scopes, expiresAt, notes, actsAs } = token;
  const before = { name: options.name ?? token.name, scopes, expiresAt, notes, actsAs };
  const wish = readWish(before, options, app);
  const following = { from: token.name, updateRequests: options.updateRequests === true };
  await checkRename(tessera, key.appId, wish.name, following);
  const change = await tessera.remoteTokens.edit(key, wish, authority, session.interruption());
  const requests = await followRename(session, tessera, change.token, following);
  printChange(session, tessera, app, change, 'Changed', { requests });
  return requests.failed.length === 0 ? undefined : EXIT.failed;
}

export async function regenerateRemote(
  session: Session,
  name: string,
  options: AuthorityOptions,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const { app, authority } = await readAuthority(session, tessera, options, true);
  const { key } = findToken(tessera, name, options.app);
  const change = await tessera.remoteTokens.regenerate(key, authority, session.interruption());
  printChange(session, tessera, app, change, 'Regenerated');
}

export async function revokeRemote(
  session: Session,
  names: readonly string[],
  options: AuthorityOptions,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const { app, authority } = await readAuthority(session, tessera, options, true);
  const found = findTokens(tessera, names, options.app);
  const tokens = found.map(({ token }) => token);
  const lost = lostDefaults(tessera, found);
  const ids = tokens.map(({ id }) => id);
  const exchanges = await tessera.remoteTokens.revoke(app.id, ids, authority, session.interruption());
  for (const { text } of lost) session.warn(text);
  session.print(
    { revoked: ids, defaultOf: lost.map((each) => each.app), exchanges },
    `Revoked ${tokens.map(({ name }) => printable(name)).join(', ')} at the provider, and took it out of the vault.`,
  );
}

/** What was, but for what is given. @throws AppError `INVALID_INPUT` */
function readWish(
  before: RemoteWish,
  { expires, scope, actsAs, note }: RemoteWishOptions,
  { provider }: App,
): RemoteWish {
  const expiry = readExpiry(expires, new Date(), { dayEnd: providerOf(provider)?.dayEnd });
  return parseInput(
    remoteWishSchema,
    {
      name: before.name,
      scopes: scope ?? before.scopes,
      expiresAt: expiry === undefined ? before.expiresAt : expiry.expiresAt,
      actsAs: actsAs ?? before.actsAs,
      notes: note ?? before.notes,
    },
    'Token',
  );
}

/** The new value stays in the vault: `token reveal` shows it to its owner. */
function printChange(
  session: Session,
  tessera: Tessera,
  app: App,
  { token, secret, exchanges }: RemoteChange,
  verb: string,
  more: object = {},
): void {
  secret?.fill(0);
  session.print(
    { ...listedToken(tessera.describeToken(token), app), ...more, exchanges },
    `${verb} ${printable(token.name)} at the provider, and kept it for ${printable(app.name)}.`,
  );
}
