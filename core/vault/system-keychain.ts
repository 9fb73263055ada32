import type { AsyncEntry } from 'keytar';
import { AppError } from '../../shared/app-error.ts';
import type { KeychainState } from '../../shared/vault/vault.ts';
import type { Keychain } from './keychain.ts';

const SERVICE = 'Tessera';

/** An account that is never written: asking for it shows whether the keychain answers at all. */
const PROBE = 'probe';

/** A keychain may ask its owner to unlock it first; nobody waits longer than this for an answer. */
const PATIENCE_MS = 60_000;

/**
 * Keychain of macOS, Credential Manager of Windows, Secret Service of Linux. On Linux that store is asked
 * for by name: left to itself the library falls back to the kernel's, which forgets at the next start.
 * The native module is loaded on first use.
 */
export const systemKeychain: Keychain = {
  async state(): Promise<KeychainState> {
    try {
      await (await entry(PROBE)).getSecret(patience());
      return { available: true };
    } catch (error) {
      return { available: false, reason: reasonOf(error) };
    }
  },

  read: (account) =>
    asked(async () => {
      const bytes = await (await entry(account)).getSecret(patience());
      if (bytes === null) return null;
      const key = Buffer.from(bytes);
      bytes.fill(0);
      return key;
    }),

  write: (account, key) => asked(async () => (await entry(account)).setSecret(key, patience())),

  remove: (account) =>
    asked(async () => {
      await (await entry(account)).deleteCredential(patience());
    }),
};

async function entry(account: string): Promise<AsyncEntry> {
  const { AsyncEntry } = await import('keytar');
  return new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
}

async function asked<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw new AppError(
      'KEYCHAIN_UNAVAILABLE',
      `This computer's keychain cannot be used: ${reasonOf(error)}. Use the passphrase.`,
    );
  }
}

const patience = () => AbortSignal.timeout(PATIENCE_MS);

/** The library's own words name internals; these say what a person can do something about. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  if (/abort/i.test(text)) return 'it did not answer within a minute';
  if (/locked|dismissed|prompt/i.test(text)) return 'it is locked, and was not unlocked';
  if (process.platform === 'linux')
    return 'no Secret Service (such as GNOME Keyring or KWallet) answers on this session';
  return 'the system refused it';
}
