import type { AppFile } from '../vault/app-file.ts';
import { Redactor } from './redactor.ts';

export interface AppRedactorsOptions {
  readonly fileOf: (appId: string) => AppFile;
  /** Every secret of an app, as copies, which are wiped here. */
  readonly secretsOf: (appId: string) => readonly Buffer[];
}

/** A redactor knows the secrets of one state of an app's file. */
interface KeptRedactor {
  readonly file: AppFile;
  readonly revision: number;
  readonly redactor: Redactor;
}

/** The redactor of each app, made anew when its secrets have changed. */
export class AppRedactors {
  readonly #options: AppRedactorsOptions;
  readonly #kept = new Map<string, KeptRedactor>();
  readonly #retired: Redactor[] = [];

  constructor(options: AppRedactorsOptions) {
    this.#options = options;
  }

  /** Knows the app's secrets as they are now; wiped with the others. */
  of(appId: string): Redactor {
    const file = this.#options.fileOf(appId);
    const { revision } = file;
    const known = this.#kept.get(appId);
    if (known?.file === file && known.revision === revision) return known.redactor;
    // Requests under way may still be using the old one: it is wiped when the vault is locked.
    if (known !== undefined) this.#retired.push(known.redactor);
    const redactor = this.make(appId);
    this.#kept.set(appId, { file, revision, redactor });
    return redactor;
  }

  /** One of the caller's own, to be wiped by it. */
  make(appId: string): Redactor {
    const secrets = this.#options.secretsOf(appId);
    const redactor = new Redactor(secrets);
    for (const secret of secrets) secret.fill(0);
    return redactor;
  }

  wipe(): void {
    for (const { redactor } of this.#kept.values()) redactor.wipe();
    for (const redactor of this.#retired.splice(0)) redactor.wipe();
    this.#kept.clear();
  }
}
