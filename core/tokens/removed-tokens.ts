import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { sameName } from '../../shared/name.ts';
import type { RemovedRecord } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';
import { withFormerDefault } from './default-token.ts';

/** What was removed is given up for good after this long, whatever the window says. */
const KEPT_MS = 10 * 60_000;

export interface RemovedFromApp {
  readonly records: readonly RemovedRecord<'token'>[];
  /** What the app's default token was, where it is among them; else `null`. */
  readonly defaultToken: string | null;
}

interface Removal {
  readonly apps: ReadonlyMap<string, RemovedFromApp>;
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

  /** @returns the id that the removal is undone by */
  keep(apps: Removal['apps']): string {
    const id = randomUUID();
    const timer = setTimeout(() => this.forget(id), KEPT_MS);
    timer.unref();
    this.#removals.set(id, { apps, timer });
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
    this.#vault.acquireWriter();
    for (const [appId, { records }] of removal.apps) this.#checkNames(appId, records);
    for (const [appId, { records, defaultToken }] of removal.apps) {
      const file = this.#vault.app(appId);
      file.putBack(records, withFormerDefault(file, defaultToken));
    }
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
