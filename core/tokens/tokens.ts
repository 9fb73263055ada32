import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { compareNames, sameName } from '../../shared/name.ts';
import { parseInput } from '../../shared/parse-input.ts';
import {
  type NewToken,
  newTokenSchema,
  type Token,
  type TokenKey,
  type TokenMetadata,
  tokenMetadataSchema,
} from '../../shared/tokens/token.ts';
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
      createdAt: this.#now().toISOString(),
    });
    const id = randomUUID();
    const bytes = Buffer.from(secret, 'utf8');
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

  /** @returns the secret's bytes, which the caller wipes with `fill(0)` */
  openSecret({ appId, tokenId }: TokenKey): Buffer {
    return this.#vault.app(appId).openSecret(tokenId);
  }

  #ofApp(appId: string): Token[] {
    return this.#vault
      .app(appId)
      .records('token')
      .map(({ id, metadata }) => ({ id, appId, ...tokenMetadataSchema.parse(metadata) }));
  }
}
