import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';

const UNREADABLE: ReadonlySet<string> = new Set(['RECORD_DAMAGED', 'TOKEN_NOT_FOUND']);

/** As many secrets are opened in one go: with thousands of them, others want to be served in between. */
const AT_ONCE = 100;

/** Fingerprints of a token's secrets, for as long as they are sealed as they were. */
interface KnownFingerprints {
  readonly sealed: string;
  readonly fingerprints: readonly string[];
}

/**
 * Finds tokens that hold the same secret. Secrets are compared by fingerprints under the vault's key, which
 * are kept in memory while the vault is open, and are on no disk.
 */
export class SameValues {
  readonly #vault: Vault;
  readonly #tokens: Tokens;
  /** By token: a change of one opens no other's secrets again. */
  readonly #known = new WeakMap<AppFile, Map<string, KnownFingerprints>>();

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
      const known = await this.#ofApp(appId, ofApp);
      for (const token of ofApp) {
        for (const fingerprint of new Set(known.get(token.id)?.fingerprints)) {
          const group = groups.get(fingerprint);
          if (group === undefined) groups.set(fingerprint, [token]);
          else group.push(token);
        }
      }
    }
    return [...groups.values()].filter(({ length }) => length > 1);
  }

  async #ofApp(
    appId: string,
    tokens: readonly TokenListItem[],
  ): Promise<ReadonlyMap<string, KnownFingerprints>> {
    const file = this.#vault.app(appId);
    const before = this.#known.get(file);
    const known = new Map<string, KnownFingerprints>();
    let opened = 0;
    for (const { id } of tokens) {
      const sealed = file.sealedSecret(id);
      // Removed, or set aside, in between.
      if (sealed === null) continue;
      const same = before?.get(id);
      if (same?.sealed === sealed) {
        known.set(id, same);
        continue;
      }
      opened += 1;
      if (opened % AT_ONCE === 0) await setImmediate();
      known.set(id, { sealed, fingerprints: this.#fingerprints(appId, id) });
    }
    this.#known.set(file, known);
    return known;
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
      return this.#tokens.secrets.all({ appId, tokenId });
    } catch (error) {
      // Or removed in between.
      if (error instanceof AppError && UNREADABLE.has(error.code)) return [];
      throw error;
    }
  }
}
