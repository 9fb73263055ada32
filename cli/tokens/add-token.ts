import { PROVIDERS, providerOf } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type RecognisedCredential, recogniseCredential } from '../../shared/tokens/recognise-credential.ts';
import {
  type Actor,
  isObtained,
  type Token,
  type TokenExpiry,
  type TokenScheme,
  tokenSchemeSchema,
} from '../../shared/tokens/token.ts';
import { describeTokenState, hasExpired } from '../../shared/tokens/token-state.ts';
import { type LoginOptions, readLogin, readOAuth } from '../logins/login-options.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { listedToken } from './listed-token.ts';
import { readExpiry } from './read-expiry.ts';
import { readSecret, refuseArgument, type SecretOptions } from './read-secret.ts';
import { warnOfToken } from './warn-of-token.ts';

export interface AddTokenOptions extends SecretOptions, LoginOptions {
  readonly app: string;
  /** Left out: recognised in what is given. */
  readonly scheme?: string;
  readonly field?: string;
  readonly sentIn?: string;
  readonly tokenId?: string;
  readonly expires?: string;
  /** Keep a token that has expired already. */
  readonly allowExpired?: boolean;
  readonly scope?: readonly string[];
  readonly actsAs?: string;
  readonly note?: string;
}

export async function addToken(session: Session, name: string, options: AddTokenOptions): Promise<undefined> {
  // All that can be said no to before anybody types a secret.
  refuseArgument(options);
  const now = new Date();
  const scheme =
    options.scheme === undefined ? null : parseInput(tokenSchemeSchema, options.scheme, '--scheme');
  const allowExpired = options.allowExpired === true;
  readExpiry(options.expires, now, { allowExpired });
  const tessera = await session.unlocked();
  const app = tessera.apps.find(options.app);
  const expiry = readExpiry(options.expires, now, { dayEnd: providerOf(app.provider)?.dayEnd, allowExpired });
  // Before anybody types a password for a login that is not described well.
  const obtained = {
    ...(scheme === 'login' ? { login: await readLogin(options, app) } : {}),
    ...(scheme === 'oauth2' ? { oauth: readOAuth(options) } : {}),
  };
  const given = hasNoSecret(scheme, options) ? '' : await readSecret(options);
  const credential = scheme === null ? recognised(given, app, session) : { scheme, secret: given };
  if (expiry === undefined && !allowExpired) refuseExpired(credential, now);
  const added = tessera.tokens.add(app.id, {
    name,
    scheme: credential.scheme,
    secret: credential.secret,
    field: options.field ?? credential.field ?? null,
    tokenId: options.tokenId ?? credential.tokenId ?? null,
    ...(expiry ?? recognisedExpiry(credential)),
    scopes: [...(options.scope ?? credential.scopes ?? [])],
    provider: credential.provider === app.provider ? null : (credential.provider ?? null),
    notes: options.note ?? '',
    ...obtained,
    // Checked with the rest of the token.
    ...(options.sentIn === undefined ? {} : { sentIn: options.sentIn as Token['sentIn'] }),
    ...(options.actsAs === undefined ? {} : { actsAs: options.actsAs as Actor }),
  });
  warnOfToken(session, added, app, credential.secret);
  const kept = tessera.describeToken(added);
  session.print(
    listedToken(kept, app),
    `Kept ${printable(kept.name)} for ${printable(app.name)}: ${describeTokenState(kept.state)}.`,
  );
}

/** A login whose password is asked for each time, a client without a secret. */
function hasNoSecret(scheme: TokenScheme | null, { askPassword, clientAuth }: LoginOptions): boolean {
  return (scheme === 'login' && askPassword === true) || (scheme === 'oauth2' && clientAuth === 'none');
}

function recognisedExpiry({ expiresAt }: Credential): TokenExpiry {
  return { expiresAt: expiresAt ?? null, isExpiryKnown: expiresAt !== undefined };
}

/** What says itself that it has expired is no use either. @throws AppError `INVALID_INPUT` */
function refuseExpired({ expiresAt }: Credential, now: Date): void {
  if (expiresAt === undefined || !hasExpired(expiresAt, now)) return;
  throw new AppError(
    'INVALID_INPUT',
    `This token says itself that it has expired (${expiresAt}): it would not work. Get a new one. --allow-expired keeps it all the same.`,
    { path: 'expiresAt' },
  );
}

type Credential = Omit<RecognisedCredential, 'why' | 'scheme'> & { readonly scheme: TokenScheme };

/** What stands in the text, and how it is sent; says what it was taken for. @throws AppError `INVALID_INPUT` */
function recognised(text: string, app: App, session: Session): Credential {
  const provider = providerOf(app.provider);
  const found = recogniseCredential(text, { providers: PROVIDERS, preferred: app.provider });
  const [only, another] = provider?.schemes.filter((each) => !isObtained(each)) ?? [];
  const usual = another === undefined ? only : undefined;
  const scheme = found?.scheme ?? usual?.scheme;
  if (scheme === undefined) {
    throw new AppError(
      'INVALID_INPUT',
      'How this token is sent could not be recognised. Say it with --scheme: basic, bearer, query or header.',
      { path: 'scheme' },
    );
  }
  const field = found?.field ?? (scheme === usual?.scheme ? usual.field : undefined);
  const why = found?.why ?? `It is taken for a token of ${provider?.name ?? app.name}.`;
  session.note('Recognised', `${why} Sent as ${scheme}${field === undefined ? '' : ` in ${field}`}.`);
  if (found?.provider !== undefined && provider !== null && found.provider !== provider.id) {
    session.warn(
      `The app ${app.name} is of ${provider.name}, and this looks like a token of another provider.`,
    );
  }
  if (found?.refreshToken !== undefined) {
    session.warn(
      'The refresh token beside it was not kept. A token of the scheme login or oauth2 renews itself.',
    );
  }
  return { ...(found ?? { secret: text }), scheme, ...(field === undefined ? {} : { field }) };
}
