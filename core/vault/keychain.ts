import type { KeychainState } from '../../shared/vault/vault.ts';

/** The port to the system's store of secrets. Each key lies under an account of its own. */
export interface Keychain {
  state(): Promise<KeychainState>;
  /** @returns the key, which the caller wipes; `null` where there is none @throws AppError `KEYCHAIN_UNAVAILABLE` */
  read(account: string): Promise<Buffer | null>;
  /** @throws AppError `KEYCHAIN_UNAVAILABLE` */
  write(account: string, key: Buffer): Promise<void>;
  /** Nothing happens where there is none. @throws AppError `KEYCHAIN_UNAVAILABLE` */
  remove(account: string): Promise<void>;
}
