import { homeFrom } from '../core/home.ts';
import type { Tessera } from '../core/tessera.ts';
import { AppError } from '../shared/app-error.ts';
import { askPassphrase, type GivenKeys, readPassphrase } from './passphrase.ts';
import { paint, printable } from './terminal.ts';

export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly passphraseFile?: string;
}

/** What may be done ahead, and nothing depends on. */
type Meanwhile = (locked: Tessera) => void;

/** What every command gets: the global options, and the vault when it asks for it. */
export class Session {
  readonly json: boolean;
  readonly home: string;
  readonly #options: GlobalOptions;
  readonly #keys: GivenKeys;
  #tessera: Tessera | undefined;
  #isConfirmed = false;

  constructor(options: GlobalOptions, keys: GivenKeys) {
    this.#options = options;
    this.#keys = keys;
    this.json = options.json ?? false;
    this.home = homeFrom(options.home === undefined ? [] : ['--home', options.home], process.env);
  }

  /** Loaded on first use: help and the practice API need none of it. */
  async tessera(): Promise<Tessera> {
    if (this.#tessera === undefined) {
      const [{ Tessera }, { openConfDocument }, { systemKeychain }] = await Promise.all([
        import('../core/tessera.ts'),
        import('../core/storage/conf-document.ts'),
        import('../core/vault/system-keychain.ts'),
      ]);
      this.#tessera = new Tessera({
        home: this.home,
        openDocument: openConfDocument,
        keychain: systemKeychain,
      });
    }
    return this.#tessera;
  }

  /**
   * With the vault open; what in it cannot be opened is said.
   *
   * @param meanwhile called as the key begins to be worked out, which takes a while and leaves this thread idle
   */
  async unlocked(meanwhile: Meanwhile = () => undefined): Promise<Tessera> {
    const tessera = await this.tessera();
    // Before a passphrase is asked for that would open nothing.
    if (tessera.vault.status().state === 'missing') {
      throw new AppError(
        'VAULT_NOT_FOUND',
        `There is no vault in ${this.home} yet. \`tessera vault init\` makes one.`,
        { home: this.home },
      );
    }
    await this.#unlock(tessera, meanwhile);
    for (const { appId, recordId, reason } of tessera.vault.status().damaged) {
      const what = recordId === null ? `App ${appId}` : `Record ${recordId} of app ${appId}`;
      this.warn(`${what} cannot be opened: ${reason}. The rest can; the file is left as it is.`);
    }
    return tessera;
  }

  /**
   * With the vault open and its owner at hand, for what cannot be taken back. Opened by its passphrase or
   * recovery code it is; opened by the keychain alone it asks for the passphrase.
   */
  async confirmed(): Promise<Tessera> {
    const tessera = await this.unlocked();
    if (this.#isConfirmed) return tessera;
    await tessera.confirmation.confirm({ kind: 'passphrase', passphrase: await this.passphrase() });
    this.#isConfirmed = true;
    return tessera;
  }

  passphrase(purpose: 'unlock' | 'create' = 'unlock'): Promise<string> {
    return readPassphrase({ given: this.#keys.passphrase, file: this.#options.passphraseFile }, purpose);
  }

  /** The vault's next passphrase. @throws AppError `INVALID_INPUT` where there is no way to ask */
  async newPassphrase(): Promise<string> {
    if (this.#keys.newPassphrase !== undefined) return this.#keys.newPassphrase;
    if (!process.stdin.isTTY) {
      throw new AppError('INVALID_INPUT', 'The new passphrase is missing: set TESSERA_NEW_PASSPHRASE.');
    }
    return askPassphrase('New passphrase', 'create');
  }

  /** Of a backup: its own where one is given or can be asked for, else the vault's. */
  async backupPassphrase(purpose: 'unlock' | 'create'): Promise<string> {
    if (this.#keys.backupPassphrase !== undefined) return this.#keys.backupPassphrase;
    if (!process.stdin.isTTY) return this.passphrase();
    return askPassphrase('Passphrase of the backup', purpose);
  }

  /** Of an account at a provider, as the environment gave it. */
  get accountPassword(): string | undefined {
    return this.#keys.accountPassword;
  }

  /** One JSON value with `--json`, otherwise text for people. */
  print(value: unknown, text: string): void {
    process.stdout.write(`${this.json ? JSON.stringify(value) : text}\n`);
  }

  /** Something worth knowing that stops nothing, on standard error. */
  warn(text: string): void {
    this.note('Warning', text);
  }

  note(label: string, text: string): void {
    process.stderr.write(`${paint('yellow', `${label}:`, process.stderr)} ${printable(text)}\n`);
  }

  /**
   * Lets Ctrl+C cancel what is under way in an orderly manner; a second one ends the process at once.
   *
   * @returns aborted by Ctrl+C
   */
  interruption(): AbortSignal {
    const interruption = new AbortController();
    process.once('SIGINT', () => interruption.abort());
    return interruption.signal;
  }

  /** By what was given, else by this computer's keychain, else by what is typed. */
  async #unlock(tessera: Tessera, meanwhile: Meanwhile): Promise<void> {
    const { vault } = tessera;
    const { passphrase, recoveryCode } = this.#keys;
    const isGiven = passphrase !== undefined || this.#options.passphraseFile !== undefined;
    if (!isGiven && recoveryCode !== undefined) {
      await vault.unlock({ kind: 'recovery', code: recoveryCode });
    } else {
      if (!isGiven && (await this.#unlockByKeychain(vault))) return;
      const unlocking = vault.unlock({ kind: 'passphrase', passphrase: await this.passphrase() });
      // In the next turn: by then the key is worked on, in threads of its own.
      setImmediate(meanwhile, tessera);
      await unlocking;
    }
    this.#isConfirmed = true;
  }

  async #unlockByKeychain(vault: Tessera['vault']): Promise<boolean> {
    if (!vault.status().slots.some(({ kind }) => kind === 'keychain')) return false;
    try {
      await vault.unlock({ kind: 'keychain' });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'KEYCHAIN_UNAVAILABLE' && error.code !== 'KEYCHAIN_KEY_MISSING') throw error;
      return false;
    }
  }

  async close(): Promise<void> {
    await this.#tessera?.close();
  }
}
