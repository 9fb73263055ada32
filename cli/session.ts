import { homeFrom } from '../core/home.ts';
import type { Tessera } from '../core/tessera.ts';
import { readPassphrase } from './passphrase.ts';

export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly passphraseFile?: string;
}

/** What every command gets: the global options, and the vault when it asks for it. */
export class Session {
  readonly json: boolean;
  readonly home: string;
  readonly #options: GlobalOptions;
  #tessera: Tessera | undefined;

  constructor(options: GlobalOptions) {
    this.#options = options;
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

  /** With the vault open. */
  async unlocked(): Promise<Tessera> {
    const tessera = await this.tessera();
    if (tessera.vault.status().state === 'missing') tessera.vault.appIds();
    await tessera.vault.unlock(await this.passphrase());
    return tessera;
  }

  passphrase(purpose: 'unlock' | 'create' = 'unlock'): Promise<string> {
    return readPassphrase(this.#options.passphraseFile, purpose);
  }

  /** One JSON value with `--json`, otherwise text for people. */
  print(value: unknown, text: string): void {
    process.stdout.write(`${this.json ? JSON.stringify(value) : text}\n`);
  }

  async close(): Promise<void> {
    await this.#tessera?.close();
  }
}
