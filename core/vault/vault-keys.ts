import { AppError } from '../../shared/app-error.ts';
import type { KdfCost, VaultKey } from '../../shared/vault/vault.ts';
import { AttemptDelay } from './attempt-delay.ts';
import type { StoredSlot } from './key-slot.ts';
import {
  newKeychainSlot,
  newPassphraseSlot,
  newRecoverySlot,
  openWithKey,
  type SlotTarget,
  wrongKey,
} from './key-slots.ts';
import type { Keychain } from './keychain.ts';
import type { VaultAccess } from './open-vault.ts';
import type { VaultDocument } from './vault-document.ts';

/** The ways to open a vault: trying one, adding, replacing and removing them. */
export class VaultKeys {
  readonly #access: VaultAccess;
  readonly #keychain: Keychain;
  readonly #delay = new AttemptDelay();

  constructor(access: VaultAccess, keychain: Keychain) {
    this.#access = access;
    this.#keychain = keychain;
  }

  /**
   * Puts a new passphrase in place of the old: the vault key is wrapped anew, nothing else is encrypted again.
   * The same passphrase under another cost changes the cost.
   */
  async setPassphrase(passphrase: string, cost: KdfCost): Promise<void> {
    await this.#replaceSlots('passphrase', (target) => newPassphraseSlot(target, passphrase, cost));
  }

  /** A code that opens the vault, in place of an earlier one. @returns the code, which is stored nowhere */
  async setRecoveryCode(): Promise<string> {
    let printed = '';
    await this.#replaceSlots('recovery', (target) => {
      const { slot, code } = newRecoverySlot(target);
      printed = code;
      return Promise.resolve(slot);
    });
    return printed;
  }

  /** @throws AppError `KEYCHAIN_UNAVAILABLE` */
  async addKeychainSlot(): Promise<void> {
    const slot = await this.#newSlot((target) => newKeychainSlot(target, this.#keychain));
    try {
      this.#access.save({ slots: [...this.#access.unlocked().document.slots, slot] });
    } catch (error) {
      await this.#keychain.remove(slot.id).catch(() => undefined);
      throw error;
    }
    this.#access.tell();
  }

  /** @throws AppError `LAST_KEY_SLOT` for the last one that its owner can type in, `KEY_SLOT_NOT_FOUND` */
  async removeSlot(slotId: string): Promise<void> {
    this.#access.beforeChange();
    const { slots } = this.#access.unlocked().document;
    const removed = slots.find(({ id }) => id === slotId);
    if (removed === undefined) {
      throw new AppError('KEY_SLOT_NOT_FOUND', 'The vault is not opened by this any more.');
    }
    const kept = slots.filter((slot) => slot !== removed);
    // A keychain alone is lost with its computer.
    if (!kept.some(({ kind }) => kind !== 'keychain')) {
      throw new AppError(
        'LAST_KEY_SLOT',
        'This is the last passphrase or recovery code. Add another one first: a keychain is lost with its computer.',
      );
    }
    this.#access.save({ slots: kept });
    // In another computer's keychain, or with none at hand, half a key stays behind that opens nothing.
    if (removed.kind === 'keychain') await this.#keychain.remove(slotId).catch(() => undefined);
    this.#access.tell();
  }

  /**
   * After a delay that grows with every wrong one.
   *
   * @returns the key of the vault
   * @throws AppError as `wrongKey`, `KEYCHAIN_UNAVAILABLE`
   */
  async open({ vaultId, slots }: VaultDocument, key: VaultKey): Promise<Buffer> {
    await this.#delay.wait();
    const vaultKey = await openWithKey(vaultId, slots, key, this.#keychain);
    if (vaultKey === null) {
      this.#delay.failed();
      throw wrongKey(key.kind);
    }
    this.#delay.succeeded();
    return vaultKey;
  }

  /** Deriving takes a while: a vault that was locked meanwhile has wiped the key that is being wrapped. */
  async #newSlot<Slot extends StoredSlot>(make: (target: SlotTarget) => Promise<Slot>): Promise<Slot> {
    this.#access.beforeChange();
    const vault = this.#access.unlocked();
    const slot = await make({
      vaultId: vault.document.vaultId,
      vaultKey: vault.key,
      now: this.#access.now(),
    });
    if (this.#access.current() === vault) return slot;
    throw new AppError(
      'VAULT_LOCKED',
      'The vault was locked before the change was saved. Nothing was changed.',
    );
  }

  async #replaceSlots(
    kind: StoredSlot['kind'],
    make: (target: SlotTarget) => Promise<StoredSlot>,
  ): Promise<void> {
    const slot = await this.#newSlot(make);
    this.#access.save({
      slots: [...this.#access.unlocked().document.slots.filter((each) => each.kind !== kind), slot],
    });
    this.#access.tell();
  }
}
