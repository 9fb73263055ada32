import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { compareNames, sameName } from '../../shared/name.ts';
import { parseInput } from '../../shared/parse-input.ts';
import {
  isObtained,
  type NewToken,
  newTokenSchema,
  type Token,
  type TokenKey,
  type TokenMetadata,
  tokenMetadataSchema,
} from '../../shared/tokens/token.ts';
import { packBundle, type SecretBundle, unpackBundle } from '../logins/secret-bundle.ts';
import type { Vault } from '../vault/vault.ts';

/** The tokens of a vault. Secrets leave it by `openSecret` alone. */
export class Tokens {
  readonly #vault: Vault;
  readonly #now: () => Date;

  constructor(vault: Vault, now: () => Date) {
    this.#vault = vault;
    this.#now = now;
  }

  /** Of one app, or of all with `null`; by name. */
  list(appId: string | null): Token[] {
    const appIds = appId === null ? this.#vault.appIds() : [appId];
    return appIds.flatMap((id) => this.#ofApp(id)).sort(compareNames);
  }

  /** By name or id. @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP` */
  find(appId: string, nameOrId: string): Token {
    const isMeant = ({ id, name }: Token) => id === nameOrId || sameName(name, nameOrId);
    const token = this.#ofApp(appId).find(isMeant);
    if (token !== undefined) return token;
    if (this.list(null).some(isMeant)) {
      throw new AppError(
        'TOKEN_OF_OTHER_APP',
        'That token belongs to another app. A request can only use the tokens of its own app.',
      );
    }
    throw new AppError('TOKEN_NOT_FOUND', `This app has no token named "${nameOrId.slice(0, 100)}".`);
  }

  /** @throws AppError `NAME_TAKEN` */
  add(appId: string, input: NewToken): Token {
    const { secret, ...fields } = parseInput(newTokenSchema, input, 'Token');
    if (this.#ofApp(appId).some(({ name }) => sameName(name, fields.name))) {
      throw new AppError(
        'NAME_TAKEN',
        `This app has a token named "${fields.name}" already. Choose another name.`,
        { path: 'name' },
      );
    }
    const metadata: TokenMetadata = tokenMetadataSchema.parse({
      ...fields,
      // Such a token lives by its sign-in.
      ...(isObtained(fields) ? { expiresAt: null, isRenewable: signsInAlone(fields, secret) } : {}),
      createdAt: this.#now().toISOString(),
    });
    const id = randomUUID();
    const bytes = sealedSecret(fields, secret);
    try {
      this.#vault.app(appId).put({ id, kind: 'token', metadata, secret: bytes });
    } finally {
      bytes.fill(0);
    }
    return { id, appId, ...metadata };
  }

  remove({ appId, tokenId }: TokenKey): void {
    if (!this.#ofApp(appId).some(({ id }) => id === tokenId)) {
      throw new AppError('TOKEN_NOT_FOUND', 'This token is not in the vault. It may have been removed.');
    }
    this.#vault.app(appId).remove(tokenId);
  }

  /**
   * What goes along with requests: the secret, or the access token of a token that Tessera obtains.
   *
   * @returns bytes which the caller wipes with `fill(0)`
   * @throws AppError `LOGIN_NEEDED` where there is no access token
   */
  openSecret(key: TokenKey): Buffer {
    const token = this.find(key.appId, key.tokenId);
    const secret = this.#vault.app(key.appId).openSecret(key.tokenId);
    if (!isObtained(token)) return secret;
    try {
      const { accessToken } = unpackBundle(secret);
      if (accessToken === undefined) throw loginNeeded(token);
      return Buffer.from(accessToken);
    } finally {
      secret.fill(0);
    }
  }

  /** Every secret value of a token, for what must know all of them. @returns bytes which the caller wipes */
  secretsOf(key: TokenKey): Buffer[] {
    const secret = this.#vault.app(key.appId).openSecret(key.tokenId);
    if (!isObtained(this.find(key.appId, key.tokenId))) return [secret];
    const parts = Object.values(unpackBundle(secret)).map((part) => Buffer.from(part));
    secret.fill(0);
    return parts;
  }

  /**
   * The secrets of a token that Tessera obtains.
   *
   * @returns what `use` does; its parts are wiped afterwards
   */
  async withBundle<Value>(key: TokenKey, use: (bundle: SecretBundle) => Promise<Value>): Promise<Value> {
    const secret = this.#vault.app(key.appId).openSecret(key.tokenId);
    try {
      return await use(unpackBundle(secret));
    } finally {
      secret.fill(0);
    }
  }

  /** Puts other secrets into a token that Tessera obtains, with what is true of it then, in one write. */
  saveBundle({ appId, tokenId }: TokenKey, bundle: SecretBundle, changes: Partial<TokenMetadata>): Token {
    const { id, appId: _app, ...metadata } = this.find(appId, tokenId);
    const next = tokenMetadataSchema.parse({ ...metadata, ...changes });
    const secret = packBundle(bundle);
    try {
      this.#vault.app(appId).put({ id, kind: 'token', metadata: next, secret });
    } finally {
      secret.fill(0);
    }
    return { id, appId, ...next };
  }

  #ofApp(appId: string): Token[] {
    return this.#vault
      .app(appId)
      .records('token')
      .map(({ id, metadata }) => ({ id, appId, ...tokenMetadataSchema.parse(metadata) }));
  }
}

export function loginNeeded({ name }: Pick<Token, 'name'>): AppError {
  return new AppError(
    'LOGIN_NEEDED',
    `The token ${name} needs a sign-in. Choose Connect in its menu, or run \`tessera token login\`.`,
    { token: name },
  );
}

type SecretFields = Pick<TokenMetadata, 'scheme' | 'login' | 'oauth'>;

function sealedSecret({ scheme, login }: SecretFields, secret: string): Buffer {
  const bytes = Buffer.from(secret, 'utf8');
  if (scheme !== 'login' && scheme !== 'oauth2') return bytes;
  const isKept = secret !== '' && (scheme === 'oauth2' || login?.keepsPassword === true);
  const bundle = packBundle(isKept ? { [scheme === 'login' ? 'password' : 'clientSecret']: bytes } : {});
  bytes.fill(0);
  return bundle;
}

/** Whether a new token gets its access token without anybody at hand. */
function signsInAlone({ scheme, login, oauth }: SecretFields, secret: string): boolean {
  if (scheme === 'oauth2') return oauth?.grant === 'client-credentials';
  return login?.keepsPassword === true && login.description.twoFactor === null && secret !== '';
}
