import { readFileSync } from 'node:fs';
import {
  createSecureContext,
  getCACertificates,
  type SecureContext,
  type SecureContextOptions,
} from 'node:tls';
import { AppError } from '../../shared/app-error.ts';
import type { ConnectionSettings } from '../../shared/connections/connection-settings.ts';
import { systemReason } from '../system-error.ts';

export { createSecureContext };

/** Opens a sealed secret of the app by its record's id. The copy is wiped by whoever asked. */
export type OpenSecret = (recordId: string) => Buffer;

/** The authorities of Node and of the system, read once: that takes tens of milliseconds. */
let knownAuthorities: readonly string[] | null = null;

/** What an app's TLS connections are made with: whom to trust, and by which certificate to be known. */
export class ConnectionMaterial {
  readonly #settings: ConnectionSettings;
  readonly #openSecret: OpenSecret;
  readonly #authorities: readonly string[] | undefined;
  #forServers: SecureContext | null = null;
  #forProxies: SecureContext | null = null;

  /** @param authorities PEM, in place of Node's and the system's */
  constructor(settings: ConnectionSettings, openSecret: OpenSecret, authorities?: readonly string[]) {
    this.#settings = settings;
    this.#openSecret = openSecret;
    this.#authorities = authorities;
  }

  /** @throws AppError `FILE_NOT_FOUND`, `INVALID_FILE` for an authority's file; `INVALID_INPUT` for a certificate */
  forServers(): SecureContext {
    this.#forServers ??= this.#withClientCertificate();
    return this.#forServers;
  }

  /** The same without the client certificate, which is no proxy's business. */
  forProxies(): SecureContext {
    this.#forProxies ??= createSecureContext(this.#base());
    return this.#forProxies;
  }

  #base(): SecureContextOptions {
    const own = this.#settings.caFiles.map(readAuthorities);
    return {
      ca: [...(this.#authorities ?? authoritiesOfThisComputer()), ...own],
      minVersion: this.#settings.minTlsVersion,
    };
  }

  #withClientCertificate(): SecureContext {
    const { clientCertificate } = this.#settings;
    if (clientCertificate === null) return createSecureContext(this.#base());
    const { recordId, passphraseId, kind } = clientCertificate;
    const material = this.#openSecret(recordId);
    const passphrase = passphraseId === null ? null : this.#openSecret(passphraseId);
    try {
      return createSecureContext({
        ...this.#base(),
        ...clientOptions(kind, material, passphrase?.toString() ?? null),
      });
    } finally {
      material.fill(0);
      passphrase?.fill(0);
    }
  }
}

/** @param material PEM with certificate and key, or a PFX */
export function clientOptions(
  kind: 'pem' | 'pfx',
  material: Buffer,
  passphrase: string | null,
): SecureContextOptions {
  return {
    ...(kind === 'pem' ? { cert: material, key: material } : { pfx: material }),
    ...(passphrase === null ? {} : { passphrase }),
  };
}

function authoritiesOfThisComputer(): readonly string[] {
  knownAuthorities ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  return knownAuthorities;
}

/** @throws AppError `FILE_NOT_FOUND`, `INVALID_FILE` */
export function readAuthorities(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch (error) {
    const reason = systemReason(error);
    throw new AppError(
      'FILE_NOT_FOUND',
      `The file of authorities ${path} cannot be read (${reason}). Choose it again in the connection of the app.`,
      { path },
    );
  }
  try {
    if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no certificate');
    createSecureContext({ ca: text });
    return text;
  } catch {
    throw new AppError(
      'INVALID_FILE',
      `The file of authorities ${path} holds no certificates in PEM, the form that begins with -----BEGIN CERTIFICATE-----.`,
      { path },
    );
  }
}
