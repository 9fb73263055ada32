import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { providerIdSchema } from '../../shared/providers/provider.ts';
import type { DayEnd } from '../../shared/tokens/expiry-date.ts';
import type { TokenChanges } from '../../shared/tokens/token.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';
import { checkRename, followRename } from './follow-rename.ts';
import { listedToken } from './listed-token.ts';
import { readExpiry } from './read-expiry.ts';
import { warnOfToken } from './warn-of-token.ts';

export interface EditTokenOptions {
  readonly app?: string;
  readonly name?: string;
  /** Let the requests of the app's collections that name it follow. */
  readonly updateRequests?: boolean;
  /** The name that they have for it; left out: the one it has until now. */
  readonly renamedFrom?: string;
  readonly expires?: string;
  readonly allowExpired?: boolean;
  readonly scope?: readonly string[];
  /** `false`: `--no-scopes`. */
  readonly scopes?: boolean;
  readonly actsAs?: string;
  readonly tokenId?: string;
  readonly field?: string;
  readonly provider?: string;
  readonly note?: string;
}

export async function editToken(
  session: Session,
  name: string,
  options: EditTokenOptions,
): Promise<ExitCode | undefined> {
  const now = new Date();
  // All that can be said no to before a passphrase is asked for.
  readChanges(options, now);
  const tessera = await session.confirmed();
  const { key, app, token, dayEnd } = findToken(tessera, name, options.app);
  const following = {
    from: options.renamedFrom ?? token.name,
    updateRequests: options.updateRequests === true,
  };
  await checkRename(tessera, key.appId, options.name ?? token.name, following);
  const edited = tessera.tokens.edit(key, readChanges(options, now, dayEnd), {
    allowExpired: options.allowExpired === true,
  });
  warnOfToken(session, edited, app, null);
  const said = await followRename(session, tessera, edited, following);
  session.print(
    { ...listedToken(tessera.describeToken(edited), app), requests: said },
    `Changed ${printable(edited.name)} of ${printable(app.name)}.`,
  );
  return said.failed.length === 0 ? undefined : EXIT.failed;
}

function readChanges(options: EditTokenOptions, now: Date, dayEnd?: DayEnd): TokenChanges {
  const expiry = readExpiry(options.expires, now, {
    dayEnd,
    allowExpired: options.allowExpired === true,
  });
  const scopes = readScopes(options);
  const changes = {
    ...(options.name === undefined ? {} : { name: options.name }),
    ...expiry,
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    // Checked with the rest of the token.
    ...(options.actsAs === undefined ? {} : { actsAs: options.actsAs as TokenChanges['actsAs'] }),
    ...(options.tokenId === undefined ? {} : { tokenId: options.tokenId }),
    ...(options.field === undefined ? {} : { field: options.field }),
    ...(options.provider === undefined ? {} : { provider: readProvider(options.provider) }),
    ...(options.note === undefined ? {} : { notes: options.note }),
  };
  const isFollowing = options.updateRequests === true && options.renamedFrom !== undefined;
  if (Object.keys(changes).length > 0 || isFollowing) return changes;
  throw new AppError('INVALID_INPUT', 'Nothing to change was given. Say what, such as --expires 2027-01-31.');
}

function readScopes({ scope, scopes }: EditTokenOptions): readonly string[] | undefined {
  if (scopes !== false) return scope;
  if (scope === undefined) return [];
  throw new AppError('INVALID_INPUT', 'Say --no-scopes, or which ones with --scope, but not both.', {
    path: 'scopes',
  });
}

/** `none`: the app's. */
function readProvider(id: string): App['provider'] {
  return id === 'none' ? null : parseInput(providerIdSchema, id, '--provider');
}
