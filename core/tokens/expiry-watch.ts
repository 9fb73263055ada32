import type { Settings } from '../../shared/settings/settings.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { nextExpiryBoundary, type TokenState, tokenState } from '../../shared/tokens/token-state.ts';
import type { Vault } from '../vault/vault.ts';
import type { ExpiryMemory } from './expiry-memory.ts';

/** Longest time between two looks: a clock that is set, or a sleep that nobody announced, is noticed by then. */
const LOOK_MS = 3_600_000;

/** Shortest time between two looks; many changes at once are one. */
const PAUSE_MS = 1_000;

/** How long before its first level a token is remembered over a lock: a vault is hardly locked for longer. */
const REMEMBERED_DAYS = 60;

export interface ExpiryWatchOptions {
  readonly vault: Vault;
  /** All of the vault's, with their states. */
  readonly tokens: () => readonly TokenListItem[];
  /** Takes out what is retired and whose overlap has ended; never throws. */
  readonly removeRetired: () => void;
  readonly settings: () => Settings;
  readonly memory: ExpiryMemory;
  readonly now: () => Date;
  /** Tokens that have come to a level, or to their end, of which nobody was told. */
  readonly onWarning: (tokens: readonly TokenListItem[]) => void;
  /** The same while the vault is locked: how many. */
  readonly onSealedWarning: (count: number) => void;
  /** Time has passed, or a token was changed: what is shown may be out of date. */
  readonly onLook: () => void;
}

/** The end of a token, remembered over a lock without its name. */
interface KnownEnd {
  readonly fingerprint: string;
  readonly expiresAt: string;
}

/**
 * Looks at the tokens when one comes to a level or to its end, once an hour, after changes, and when asked
 * to: by a computer that has woken up. Tells of each token and level once. Retired tokens go when their time
 * has come.
 */
export class ExpiryWatch {
  readonly #options: ExpiryWatchOptions;
  #ends: readonly KnownEnd[] = [];
  /** When the overlaps of retired tokens end, in milliseconds. */
  #retirements: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Of the looks that were asked for soon, whether one is to be told of. */
  #soonTells = false;
  #isStopped = false;

  constructor(options: ExpiryWatchOptions) {
    this.#options = options;
    const { vault } = options;
    let wasOpen = vault.status().state === 'unlocked';
    vault.onChange(({ state }) => {
      const isOpen = state === 'unlocked';
      // Whoever shows tokens has just asked for them.
      const isNew = isOpen && !wasOpen;
      wasOpen = isOpen;
      this.#soon(!isNew);
    });
    vault.onSaved(() => this.lookSoon());
  }

  /** Now; afterwards when it is time again. */
  look(): void {
    this.#look(true);
  }

  #look(tells: boolean): void {
    this.#soonTells = false;
    const isOpen = this.#options.vault.status().state === 'unlocked';
    if (isOpen) this.#lookAtTokens();
    else this.#lookAtEnds();
    if (tells) this.#options.onLook();
    this.#wait(this.#untilBoundary(), () => this.#look(true));
  }

  /** In a second: more changes may follow. */
  lookSoon(): void {
    this.#soon(true);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** @param tells whether what is shown may be out of date then */
  #soon(tells: boolean): void {
    this.#soonTells ||= tells;
    this.#wait(PAUSE_MS, () => this.#look(this.#soonTells));
  }

  #wait(milliseconds: number, look: () => void): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#timer = setTimeout(look, Math.max(PAUSE_MS, milliseconds)).unref();
  }

  #untilBoundary(): number {
    const now = this.#options.now();
    const { expiryLevels } = this.#options.settings();
    const boundaries = [
      ...this.#ends.map(({ expiresAt }) => nextExpiryBoundary(expiresAt, now, expiryLevels)),
      ...this.#retirements.filter((retiresAt) => retiresAt > now.getTime()),
    ];
    return boundaries.reduce<number>(
      (least, boundary) => (boundary === null ? least : Math.min(least, boundary - now.getTime())),
      LOOK_MS,
    );
  }

  #lookAtTokens(): void {
    const { removeRetired, settings, memory, onWarning } = this.#options;
    removeRetired();
    const tokens = this.#options.tokens();
    const { expiryLevels, expiryNotifications } = settings();
    const horizon = (expiryLevels[0] ?? 0) + REMEMBERED_DAYS;
    this.#retirements = tokens.flatMap(({ retiresAt }) =>
      retiresAt === null ? [] : [Date.parse(retiresAt)],
    );
    const ending = tokens.flatMap((token) => {
      const { state, expiresAt } = token;
      const level = levelOf(state);
      if (level === null || expiresAt === null) return [];
      if (state.kind === 'valid' && state.daysLeft > horizon) return [];
      return [{ token, level, expiresAt, fingerprint: this.#fingerprint(token.id, expiresAt) }];
    });
    this.#ends = ending;
    if (!expiryNotifications) return;
    const untold = ending.filter(
      ({ fingerprint, level }) => isLevel(level) && !memory.knows(fingerprint, level),
    );
    if (untold.length === 0) return;
    for (const { fingerprint, level } of untold) memory.note(fingerprint, level);
    memory.save(new Set(ending.map(({ fingerprint }) => fingerprint)));
    onWarning(untold.map(({ token }) => token));
  }

  #lookAtEnds(): void {
    const { settings, memory, now, onSealedWarning } = this.#options;
    const { expiryLevels, expiryNotifications } = settings();
    if (!expiryNotifications) return;
    const untold = this.#ends.flatMap(({ fingerprint, expiresAt }) => {
      const level = levelOf(tokenState({ expiresAt }, now(), expiryLevels));
      return level !== null && isLevel(level) && !memory.knows(fingerprint, level)
        ? [{ fingerprint, level }]
        : [];
    });
    if (untold.length === 0) return;
    for (const { fingerprint, level } of untold) memory.note(fingerprint, level);
    memory.save();
    onSealedWarning(untold.length);
  }

  #fingerprint(tokenId: string, expiresAt: string): string {
    return this.#options.vault.fingerprint('expiry', Buffer.from(`${tokenId} ${expiresAt}`));
  }
}

const END = 0;
const NOT_YET = Number.POSITIVE_INFINITY;

function isLevel(level: number): boolean {
  return level !== NOT_YET;
}

/** The level in days, 0 for an end that has come; `null` where no end will come to tell of. */
function levelOf(state: TokenState): number | null {
  switch (state.kind) {
    case 'expired':
      return END;
    case 'expiring':
      return state.level;
    case 'valid':
      return NOT_YET;
    default:
      return null;
  }
}
