import { isDeepStrictEqual } from 'node:util';
import type { Tessera } from '../../core/tessera.ts';
import { toColumnText } from '../../shared/column-text.ts';
import { keyOf, type TokenKey, type TokenListItem } from '../../shared/tokens/token.ts';
import type { TokenListing } from '../../shared/tokens/token-listing.ts';

/** As it was last listed, and the first listing that had it so. */
interface Listed {
  readonly token: TokenListItem;
  readonly revision: number;
}

/** And the first listing that lacked it. */
interface Removed {
  readonly key: TokenKey;
  readonly revision: number;
}

/**
 * Remembers since which listing each token is as it is: a change of one among ten thousand crosses as that one.
 * Whatever changed it is found here: the window, another process, time. Forgotten when the vault is locked.
 */
export class TokenRevisions {
  readonly #tessera: Pick<Tessera, 'listTokens'>;
  readonly #listed = new Map<string, Listed>();
  readonly #removed = new Map<string, Removed>();
  /** Counts on over a lock: a listing from before is not taken for one that is remembered. */
  #revision = 0;
  #firstRemembered = 1;

  constructor(tessera: Pick<Tessera, 'listTokens' | 'vault'>) {
    this.#tessera = tessera;
    tessera.vault.onChange(({ state }) => {
      if (state !== 'unlocked') this.#forget();
    });
  }

  /** @param since the listing that is known; 0: none */
  listSince(since: number): TokenListing {
    const tokens = this.#tessera.listTokens(null);
    const revision = ++this.#revision;
    const news = [...tokens.entries()].filter(([, token]) => this.#note(token) > since);
    if (this.#listed.size > tokens.length) this.#noteRemoved(tokens);
    if (since < this.#firstRemembered)
      return { revision, tokens: toColumnText(tokens), places: null, removed: [] };
    return {
      revision,
      tokens: toColumnText(news.map(([, token]) => token)),
      places: news.map(([place]) => place),
      removed: [...this.#removed.values()].filter((each) => each.revision > since).map(({ key }) => key),
    };
  }

  /** @returns since which listing it is as it is */
  #note(token: TokenListItem): number {
    const name = nameOf(token);
    const known = this.#listed.get(name);
    if (known !== undefined && isSame(known.token, token)) return known.revision;
    this.#listed.set(name, { token, revision: this.#revision });
    this.#removed.delete(name);
    return this.#revision;
  }

  #noteRemoved(tokens: readonly TokenListItem[]): void {
    const names = new Set(tokens.map(nameOf));
    for (const [name, { token }] of this.#listed) {
      if (names.has(name)) continue;
      this.#listed.delete(name);
      this.#removed.set(name, { key: keyOf(token), revision: this.#revision });
    }
  }

  #forget(): void {
    this.#listed.clear();
    this.#removed.clear();
    this.#firstRemembered = this.#revision + 1;
  }
}

/** Among those of all apps. */
function nameOf({ appId, id }: TokenListItem): string {
  return `${appId} ${id}`;
}

/** What is read of an unchanged record is the same objects; its state is made anew each time. */
function isSame(before: TokenListItem, now: TokenListItem): boolean {
  return (Object.keys(now) as (keyof TokenListItem)[]).every((field) =>
    field === 'state' ? isDeepStrictEqual(before.state, now.state) : before[field] === now[field],
  );
}
