import { AppError } from '../../shared/app-error.ts';
import type { PersonalKey } from '../../shared/vault/vault.ts';
import type { Vault } from './vault.ts';

/** With no holding time at all, one confirmation is for the one action that asked, which follows at once. */
const SINGLE_USE_MS = 30_000;

/**
 * Whether the owner has just shown to be there. Dangerous actions ask for it: an unlocked vault may be at
 * the hands of whoever passes by. Locking the vault ends it.
 */
export class Confirmation {
  readonly #vault: Vault;
  readonly #holdingMinutes: () => number;
  readonly #now: () => number;
  #until = 0;
  #isSingleUse = false;

  /** @param now milliseconds that never go back */
  constructor(vault: Vault, holdingMinutes: () => number, now: () => number = () => performance.now()) {
    this.#vault = vault;
    this.#holdingMinutes = holdingMinutes;
    this.#now = now;
    vault.onChange(({ state }) => {
      if (state !== 'unlocked') this.#until = 0;
    });
  }

  /** @throws AppError `WRONG_PASSPHRASE`, `WRONG_RECOVERY_CODE`, after a delay that grows */
  async confirm(key: PersonalKey): Promise<void> {
    await this.#vault.check(key);
    this.accept();
  }

  /** For a caller that unlocked the vault with the passphrase a moment ago. */
  accept(): void {
    const minutes = this.#holdingMinutes();
    this.#isSingleUse = minutes === 0;
    this.#until = this.#now() + (minutes === 0 ? SINGLE_USE_MS : minutes * 60_000);
  }

  /** @throws AppError `CONFIRMATION_NEEDED` */
  require(): void {
    if (this.#now() >= this.#until) {
      throw new AppError('CONFIRMATION_NEEDED', 'Type your passphrase to confirm that it is you.');
    }
    if (this.#isSingleUse) this.#until = 0;
  }
}
