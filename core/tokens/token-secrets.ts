import { AppError } from '../../shared/app-error.ts';
import { type JwtClaims, readJwt } from '../../shared/tokens/jwt.ts';
import {
  isObtained,
  type Token,
  type TokenKey,
  type TokenMetadata,
  tokenMetadataSchema,
} from '../../shared/tokens/token.ts';
import { isRenewable } from '../logins/grant.ts';
import { packBundle, type SecretBundle, unpackBundle } from '../logins/secret-bundle.ts';
import type { Vault } from '../vault/vault.ts';
import { loginNeeded } from './token-refusals.ts';

/** Secrets that take the place of others, and what else changes with them. */
export interface BundleChange {
  readonly bundle: SecretBundle;
  readonly changes: Partial<TokenMetadata>;
}

/** What is sealed of tokens: one secret, or the bundle of one that Tessera obtains. */
export class TokenSecrets {
  readonly #vault: Vault;
  readonly #get: (key: TokenKey) => Token;

  /** @param get the token; throws where there is none */
  constructor(vault: Vault, get: (key: TokenKey) => Token) {
    this.#vault = vault;
    this.#get = get;
  }

  /**
   * What goes along with requests: the secret, or the access token of a token that Tessera obtains.
   *
   * @returns bytes which the caller wipes with `fill(0)`
   * @throws AppError `LOGIN_NEEDED` where there is no access token
   */
  open(key: TokenKey): Buffer {
    // First, because it says of a damaged token that it is damaged, not that there is none.
    const secret = this.#openSealed(key);
    const token = this.#get(key);
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
  all(key: TokenKey): Buffer[] {
    const secret = this.#openSealed(key);
    if (!isObtained(this.#get(key))) return [secret];
    const parts = Object.values(unpackBundle(secret)).map((part) => Buffer.from(part));
    secret.fill(0);
    return parts;
  }

  /**
   * What a token says of itself, where it is a JWT. It is read without its signature, and so is no credential.
   */
  claims(key: TokenKey): JwtClaims | null {
    const secret = this.open(key);
    try {
      return readJwt(secret.subarray(0, secret.lastIndexOf('.') + 1).toString('latin1'));
    } finally {
      secret.fill(0);
    }
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

  /** Changes the secrets of a token that Tessera obtains, and what is true of it then, in one write. */
  changeBundle(key: TokenKey, change: (bundle: SecretBundle, token: Token) => BundleChange): Token {
    const { appId, tokenId } = key;
    const token = this.#get(key);
    const before = this.#vault.app(appId).openSecret(tokenId);
    const { bundle, changes } = change(unpackBundle(before), token);
    const secret = packBundle(bundle);
    try {
      const { id, appId: _app, ...metadata } = { ...token, ...changes };
      this.#vault
        .app(appId)
        .put({ id, kind: 'token', metadata: tokenMetadataSchema.parse(metadata), secret });
      return { id, appId, ...metadata };
    } finally {
      before.fill(0);
      secret.fill(0);
    }
  }

  /** Its owner wants it to be asked for each time from now on. */
  dropPassword(key: TokenKey): void {
    this.changeBundle(key, ({ password: _dropped, ...bundle }, token) => ({
      bundle,
      changes: { isRenewable: isRenewable(token, bundle) },
    }));
  }

  /** @throws AppError as `get`, `RECORD_DAMAGED` */
  #openSealed(key: TokenKey): Buffer {
    try {
      return this.#vault.app(key.appId).openSecret(key.tokenId);
    } catch (error) {
      // The file of an app does not know whose else it is.
      if (error instanceof AppError && error.code === 'TOKEN_NOT_FOUND') this.#get(key);
      throw error;
    }
  }
}

type SecretFields = Pick<TokenMetadata, 'scheme' | 'login' | 'oauth'>;

/** What a new token seals of the secret that was given. @returns bytes which the caller wipes */
export function sealedSecret({ scheme, login }: SecretFields, secret: string): Buffer {
  const bytes = Buffer.from(secret, 'utf8');
  if (!isObtained({ scheme })) return bytes;
  const isKept = secret !== '' && (scheme === 'oauth2' || login?.keepsPassword === true);
  const bundle = packBundle(isKept ? { [scheme === 'login' ? 'password' : 'clientSecret']: bytes } : {});
  bytes.fill(0);
  return bundle;
}

/** Whether a new token gets its access token without anybody at hand. */
export function signsInAlone({ scheme, login, oauth }: SecretFields, secret: string): boolean {
  if (scheme === 'oauth2') return oauth?.grant === 'client-credentials';
  return login?.keepsPassword === true && secret !== '';
}
