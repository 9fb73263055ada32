import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { sameName } from '../../shared/name.ts';
import type { RemovedRecord } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';

/** What was removed is given up for good after this long, whatever the window says. */
const KEPT_MS = 10 * 60_000;

interface Removal {
  readonly records: ReadonlyMap<string, readonly RemovedRecord<'token'>[]>;
  readonly timer: NodeJS.Timeout;
}

/**
 * The way back from a removal, while it may still be wanted. Removed tokens are out of the vault at once;
 * what is kept here, in memory alone, is sealed under the app's key and forgotten when the vault is locked.
 */
export class RemovedTokens {
  readonly #vault: Vault;
  readonly #removals = new Map<string, Removal>();

  constructor(vault: Vault) {
    this.#vault = vault;
    vault.onChange(({ state }) => {
      if (state !== 'unlocked') for (const id of [...this.#removals.keys()]) this.forget(id);
    });
  }

  /** @param records by app @returns the id that the removal is undone by */
  keep(records: Removal['records']): string {
    const id = randomUUID();
    const timer = setTimeout(() => this.forget(id), KEPT_MS);
    timer.unref();
    this.#removals.set(id, { records, timer });
    return id;
  }

  forget(id: string): void {
    clearTimeout(this.#removals.get(id)?.timer);
    this.#removals.delete(id);
  }

  /** @throws AppError `TOKEN_NOT_FOUND` where it is too late, `NAME_TAKEN` */
  undo(id: string): void {
    const removal = this.#removals.get(id);
    if (removal === undefined) {
      throw new AppError('TOKEN_NOT_FOUND', 'It is too late to undo this: the tokens are gone.');
    }
    for (const [appId, records] of removal.records) this.#checkNames(appId, records);
    for (const [appId, records] of removal.records) this.#vault.app(appId).putBack(records);
    this.forget(id);
  }

  #checkNames(appId: string, records: readonly RemovedRecord<'token'>[]): void {
    const names = this.#vault
      .app(appId)
      .records('token')
      .map(({ metadata }) => metadata.name);
    for (const { metadata } of records) {
      const { name } = metadata;
      if (!names.some((each) => sameName(each, name))) continue;
      throw new AppError('NAME_TAKEN', `There is a new token named "${name}". Rename it, then undo again.`);
    }
  }
}
