import { parseInput } from '../../shared/parse-input.ts';
import type { DayEnd } from '../../shared/tokens/expiry-date.ts';
import { OVERLAP_DAYS, type Rotation, rotationSchema } from '../../shared/tokens/rotation.ts';
import { secretSchema } from '../../shared/tokens/token.ts';
import { describeTokenState } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';
import { listedToken } from './listed-token.ts';
import { readExpiry } from './read-expiry.ts';
import { readSecret, refuseArgument, type SecretOptions } from './read-secret.ts';
import { warnOfToken } from './warn-of-token.ts';

export interface RotateTokenOptions extends SecretOptions {
  readonly app?: string;
  readonly overlap?: string;
  readonly expires?: string;
  readonly tokenId?: string;
}

export async function rotateToken(
  session: Session,
  name: string,
  options: RotateTokenOptions,
): Promise<undefined> {
  // All that can be said no to before anybody types a secret.
  refuseArgument(options);
  const now = new Date();
  readRotation(options, now);
  const tessera = await session.confirmed();
  const { key, app, dayEnd } = findToken(tessera, name, options.app);
  const rotation = readRotation(options, now, dayEnd);
  const secret = parseInput(secretSchema, await readSecret(options), 'Token: secret');
  const bytes = Buffer.from(secret, 'utf8');
  try {
    const { token: rotated, retired } = tessera.tokens.rotate(key, bytes, rotation);
    const token = tessera.describeToken(rotated);
    warnOfToken(session, token, app, secret);
    if (token.state.kind === 'expired')
      session.warn('Its expiry date is that of the value before. Say --expires DATE.');
    const kept =
      retired === null
        ? 'The value before is gone'
        : `The value before is kept as ${printable(retired.name)} until ${retired.retiresAt?.slice(0, 10)}`;
    session.print(
      {
        ...listedToken(token, app),
        retired: retired === null ? null : listedToken(tessera.describeToken(retired), app),
      },
      `Rotated ${printable(token.name)}: ${describeTokenState(token.state)}. ${kept}; revoke it at the provider.`,
    );
  } finally {
    bytes.fill(0);
  }
}

function readRotation(options: RotateTokenOptions, now: Date, dayEnd?: DayEnd): Rotation {
  const expiry = readExpiry(options.expires, now, { dayEnd });
  const rotation = {
    overlapDays: readOverlap(options.overlap),
    ...expiry,
    ...(options.tokenId === undefined ? {} : { tokenId: options.tokenId }),
  };
  return parseInput(rotationSchema, rotation, '--overlap');
}

/** Digits alone: an empty variable of a shell would be 0, and drop the value before. */
function readOverlap(text: string | undefined): number {
  if (text === undefined) return OVERLAP_DAYS.standard;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
