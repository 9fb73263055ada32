import { APP_FORMAT, APP_VERSION } from './app-format.ts';
import { type SealContext, seal, unseal } from './seal.ts';

export interface AppSealOptions {
  readonly vaultId: string;
  readonly appId: string;
  /** The app's own; wiped with the seal. */
  readonly key: Buffer;
}

/** Seals what stands in an app's file, each to its place: what was moved, within the file or from another, does not open. */
export class AppSeal {
  readonly #key: Buffer;
  readonly #app: SealContext;

  constructor({ vaultId, appId, key }: AppSealOptions) {
    this.#key = key;
    this.#app = [APP_FORMAT, APP_VERSION, vaultId, appId];
  }

  seal(plaintext: Buffer, place: SealContext): string {
    return seal(this.#key, plaintext, [...this.#app, ...place]);
  }

  /** @returns the plaintext, which the caller wipes @throws SealBroken */
  open(envelope: string, place: SealContext): Buffer {
    return unseal(this.#key, envelope, [...this.#app, ...place]);
  }

  sealJson(value: unknown, place: SealContext): string {
    return this.seal(Buffer.from(JSON.stringify(value), 'utf8'), place);
  }

  /** @throws SealBroken */
  openJson(envelope: string, place: SealContext): unknown {
    return JSON.parse(this.open(envelope, place).toString('utf8'));
  }

  wipe(): void {
    this.#key.fill(0);
  }
}
