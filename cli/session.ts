import { homeFrom } from '../core/home.ts';
import type { Tessera } from '../core/tessera.ts';
import { AppError } from '../shared/app-error.ts';
import { readPassphrase } from './passphrase.ts';
import { paint, printable } from './terminal.ts';

export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly passphraseFile?: string;
}

/** What every command gets: the global options, and the vault when it asks for it. */
export class Session {
  readonly json: boolean;
  readonly home: string;
  readonly #options: GlobalOptions;
  readonly #passphrase: string | undefined;
  #tessera: Tessera | undefined;

  constructor(options: GlobalOptions, passphrase: string | undefined) {
    this.#options = options;
    this.#passphrase = passphrase;
    this.json = options.json ?? false;
    this.home = homeFrom(options.home === undefined ? [] : ['--home', options.home], process.env);
  }

  /** Loaded on first use: help and the practice API need none of it. */
  async tessera(): Promise<Tessera> {
    if (this.#tessera === undefined) {
      const [{ Tessera }, { openConfDocument }] = await Promise.all([
        import('../core/tessera.ts'),
        import('../core/storage/conf-document.ts'),
      ]);
      this.#tessera = new Tessera({ home: this.home, openDocument: openConfDocument });
    }
    return this.#tessera;
  }

  /** With the vault open; what in it cannot be opened is said. */
  async unlocked(): Promise<Tessera> {
    const tessera = await this.tessera();
    // Before a passphrase is asked for that would open nothing.
    if (tessera.vault.status().state === 'missing') {
      throw new AppError(
        'VAULT_NOT_FOUND',
        `There is no vault in ${this.home} yet. \`tessera vault init\` makes one.`,
        { home: this.home },
      );
    }
    await tessera.vault.unlock(await this.passphrase());
    for (const { appId, recordId, reason } of tessera.vault.status().damaged) {
      const what = recordId === null ? `App ${appId}` : `Record ${recordId} of app ${appId}`;
      this.warn(`${what} cannot be opened: ${reason}. The rest can; the file is left as it is.`);
    }
    return tessera;
  }

  passphrase(purpose: 'unlock' | 'create' = 'unlock'): Promise<string> {
    return readPassphrase({ given: this.#passphrase, file: this.#options.passphraseFile }, purpose);
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

  async close(): Promise<void> {
    await this.#tessera?.close();
  }
}
