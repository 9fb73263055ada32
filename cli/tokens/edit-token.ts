import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { providerIdSchema } from '../../shared/providers/provider.ts';
import type { DayEnd } from '../../shared/tokens/expiry-date.ts';
import type { TokenChanges } from '../../shared/tokens/token.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';
import { listedToken } from './listed-token.ts';
import { readExpiry } from './read-expiry.ts';
import { warnOfToken } from './warn-of-token.ts';

export interface EditTokenOptions {
  readonly app?: string;
  readonly name?: string;
  readonly expires?: string;
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
): Promise<undefined> {
  const now = new Date();
  // All that can be said no to before a passphrase is asked for.
  readChanges(options, now);
  const tessera = await session.confirmed();
  const { key, app, dayEnd } = findToken(tessera, name, options.app);
  const edited = tessera.tokens.edit(key, readChanges(options, now, dayEnd));
  warnOfToken(session, edited, app, null);
  session.print(
    listedToken(edited, app, now),
    `Changed ${printable(edited.name)} of ${printable(app.name)}.`,
  );
}

function readChanges(options: EditTokenOptions, now: Date, dayEnd?: DayEnd): TokenChanges {
  const expiry = readExpiry(options.expires, now, dayEnd);
  const scopes = options.scopes === false ? [] : options.scope;
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
  if (Object.keys(changes).length > 0) return changes;
  throw new AppError('INVALID_INPUT', 'Nothing to change was given. Say what, such as --expires 2027-01-31.');
}

/** `none`: the app's. */
function readProvider(id: string): App['provider'] {
  return id === 'none' ? null : parseInput(providerIdSchema, id, '--provider');
}
