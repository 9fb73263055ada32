import { AppError } from '../../shared/app-error.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';

/** Fingerprints of one app's secrets, by token id, for one state of its file. */
interface KnownFingerprints {
  readonly revision: number;
  readonly byToken: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds tokens that hold the same secret. Secrets are compared by fingerprints under the vault's key, which
 * are kept in memory while the vault is open, and are on no disk.
 */
export class SameValues {
  readonly #vault: Vault;
  readonly #tokens: Tokens;
  #known = new WeakMap<AppFile, KnownFingerprints>();

  constructor(vault: Vault, tokens: Tokens) {
    this.#vault = vault;
    this.#tokens = tokens;
  }

  /** Groups of two and more; a token that holds several secrets may be in several. */
  find(tokens: readonly TokenListItem[]): TokenListItem[][] {
    const groups = new Map<string, TokenListItem[]>();
    for (const token of tokens) {
      for (const fingerprint of new Set(this.#ofApp(token.appId).get(token.id))) {
        groups.set(fingerprint, [...(groups.get(fingerprint) ?? []), token]);
      }
    }
    return [...groups.values()].filter(({ length }) => length > 1);
  }

  #ofApp(appId: string): ReadonlyMap<string, readonly string[]> {
    const file = this.#vault.app(appId);
    const known = this.#known.get(file);
    if (known?.revision === file.revision) return known.byToken;
    const byToken = new Map(
      this.#tokens.list(appId).map(({ id }) => [id, this.#fingerprints(appId, id)] as const),
    );
    this.#known.set(file, { revision: file.revision, byToken });
    return byToken;
  }

  #fingerprints(appId: string, tokenId: string): string[] {
    return this.#secretsOf(appId, tokenId).map((secret) => {
      const fingerprint = this.#vault.fingerprint('same value', secret);
      secret.fill(0);
      return fingerprint;
    });
  }

  /** None of one that was damaged on disk: the vault's own check says so. */
  #secretsOf(appId: string, tokenId: string): Buffer[] {
    try {
      return this.#tokens.secretsOf({ appId, tokenId });
    } catch (error) {
      if (error instanceof AppError && error.code === 'RECORD_DAMAGED') return [];
      throw error;
    }
  }
}
