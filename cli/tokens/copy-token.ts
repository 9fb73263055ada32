import { AppError } from '../../shared/app-error.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';
import { listedToken } from './listed-token.ts';
import { readExpiry } from './read-expiry.ts';
import { readSecret, refuseArgument, type SecretOptions } from './read-secret.ts';
import { warnOfToken } from './warn-of-token.ts';

export interface CopyTokenOptions extends SecretOptions {
  readonly app?: string;
  readonly expires?: string;
  readonly allowExpired?: boolean;
  readonly tokenId?: string;
}

/** A new token with another one's parameters. */
export async function copyToken(
  session: Session,
  name: string,
  newName: string,
  options: CopyTokenOptions,
): Promise<undefined> {
  refuseArgument(options);
  const now = new Date();
  const allowExpired = options.allowExpired === true;
  readExpiry(options.expires, now, { allowExpired });
  const tessera = await session.unlocked();
  const { key, app, token, dayEnd } = findToken(tessera, name, options.app);
  const expiry = readExpiry(options.expires, now, { dayEnd, allowExpired });
  if (!allowExpired && expiry === undefined && hasExpired(token.expiresAt, now)) {
    throw new AppError(
      'INVALID_INPUT',
      `${token.name} has expired, and its copy would have too. Say until when the new one works: --expires DATE. --allow-expired keeps it all the same.`,
      { path: 'expiresAt' },
    );
  }
  const secret = await readSecret(options);
  const copy = tessera.tokens.duplicate(key, {
    name: newName,
    secret,
    ...expiry,
    ...(options.tokenId === undefined ? {} : { tokenId: options.tokenId }),
  });
  warnOfToken(session, copy, app, secret);
  session.print(
    listedToken(tessera.describeToken(copy), app),
    `Kept ${printable(copy.name)} for ${printable(app.name)}, with the parameters of ${printable(token.name)}.`,
  );
}
