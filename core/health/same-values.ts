import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';

const UNREADABLE: ReadonlySet<string> = new Set(['RECORD_DAMAGED', 'TOKEN_NOT_FOUND']);

/** As many secrets are opened in one go: with thousands of them, others want to be served in between. */
const AT_ONCE = 100;

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

  /**
   * Groups of two and more; a token that holds several secrets may be in several.
   *
   * @throws AppError `VAULT_LOCKED` where the vault is locked meanwhile
   */
  async find(tokens: readonly TokenListItem[]): Promise<TokenListItem[][]> {
    const groups = new Map<string, TokenListItem[]>();
    for (const [appId, ofApp] of Map.groupBy(tokens, (token) => token.appId)) {
      const fingerprints = await this.#ofApp(appId);
      for (const token of ofApp) {
        for (const fingerprint of new Set(fingerprints.get(token.id))) {
          const group = groups.get(fingerprint);
          if (group === undefined) groups.set(fingerprint, [token]);
          else group.push(token);
        }
      }
    }
    return [...groups.values()].filter(({ length }) => length > 1);
  }

  async #ofApp(appId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const file = this.#vault.app(appId);
    const known = this.#known.get(file);
    if (known?.revision === file.revision) return known.byToken;
    const { revision } = file;
    const byToken = new Map<string, readonly string[]>();
    for (const [index, { id }] of this.#tokens.list(appId).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      byToken.set(id, this.#fingerprints(appId, id));
    }
    this.#known.set(file, { revision, byToken });
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
      // Or removed in between.
      if (error instanceof AppError && UNREADABLE.has(error.code)) return [];
      throw error;
    }
  }
}
