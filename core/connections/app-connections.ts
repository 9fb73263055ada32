import { randomUUID, X509Certificate } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import {
  type ClientCertificate,
  type ConnectionChanges,
  type ConnectionSettings,
  connectionChangesSchema,
  type NewClientCertificate,
  newClientCertificateSchema,
} from '../../shared/connections/connection-settings.ts';
import { parseInput } from '../../shared/parse-input.ts';
import type { Apps } from '../apps/apps.ts';
import type { Vault } from '../vault/vault.ts';
import { connectionRecords } from './connection-records.ts';

/** How each app connects. Passwords and keys are sealed beside the app's tokens, and never come back out but to connect. */
export class AppConnections {
  readonly #vault: Vault;
  readonly #apps: Apps;

  constructor(vault: Vault, apps: Apps) {
    this.#vault = vault;
    this.#apps = apps;
  }

  /** @throws AppError `INVALID_INPUT`; `FILE_NOT_FOUND`, `INVALID_FILE` for a file of authorities */
  async change(appId: string, input: ConnectionChanges): Promise<App> {
    const { proxyPassword, ...changes } = parseInput(connectionChangesSchema, input, 'Connection');
    const before = this.#apps.get(appId).connection;
    await checkAuthorities((changes.caFiles ?? []).filter((path) => !before.caFiles.includes(path)));
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const next: ConnectionSettings = { ...before, ...given };
    // A password goes to the proxy that it was given for, and to no other.
    const isSameProxy = proxyOf(before) === proxyOf(next);
    if (proxyPassword !== undefined) next.proxyPasswordId = this.#sealText(appId, proxyPassword);
    else if (!isSameProxy) next.proxyPasswordId = null;
    return this.#save(appId, before, next);
  }

  /** @throws AppError `INVALID_INPUT` where certificate, key and passphrase do not belong together */
  async setClientCertificate(appId: string, input: NewClientCertificate): Promise<App> {
    const given = parseInput(newClientCertificateSchema, input, 'Client certificate');
    const material =
      given.kind === 'pem'
        ? Buffer.from(`${given.certificate.trim()}\n${given.key.trim()}\n`)
        : Buffer.from(given.pfx, 'base64');
    try {
      await checkClientCertificate(given, material);
      const before = this.#apps.get(appId).connection;
      const clientCertificate: ClientCertificate = {
        kind: given.kind,
        ...(given.kind === 'pem' ? factsOf(given.certificate) : { subject: null, validTo: null }),
        recordId: this.#seal(appId, material),
        passphraseId: this.#sealText(appId, given.passphrase),
      };
      return this.#save(appId, before, { ...before, clientCertificate });
    } finally {
      material.fill(0);
    }
  }

  removeClientCertificate(appId: string): App {
    const before = this.#apps.get(appId).connection;
    return this.#save(appId, before, { ...before, clientCertificate: null });
  }

  /** @returns a copy, which the caller wipes with `fill(0)` */
  openSecret(appId: string, recordId: string): Buffer {
    return this.#vault.app(appId).openSecret(recordId);
  }

  /** What must never be shown, as copies for the caller to wipe. Keys are not among them: nobody echoes one. */
  secretsOf(appId: string): Buffer[] {
    const { proxyPasswordId, clientCertificate } = this.#apps.get(appId).connection;
    const shown = [proxyPasswordId, clientCertificate?.passphraseId];
    return this.#vault
      .app(appId)
      .records('connection')
      .filter(({ id }) => shown.includes(id))
      .map(({ id }) => this.openSecret(appId, id));
  }

  #save(appId: string, before: ConnectionSettings, next: ConnectionSettings): App {
    const app = this.#apps.setConnection(appId, next);
    const kept = connectionRecords(next);
    for (const id of connectionRecords(before)) if (!kept.includes(id)) this.#vault.app(appId).remove(id);
    return app;
  }

  #sealText(appId: string, text: string | null): string | null {
    if (text === null || text === '') return null;
    const bytes = Buffer.from(text, 'utf8');
    try {
      return this.#seal(appId, bytes);
    } finally {
      bytes.fill(0);
    }
  }

  #seal(appId: string, secret: Buffer): string {
    const id = randomUUID();
    this.#vault.app(appId).put({ id, kind: 'connection', metadata: {}, secret });
    return id;
  }
}

function proxyOf({ proxy }: ConnectionSettings): string {
  return proxy.kind === 'own' ? `${proxy.userName ?? ''} ${proxy.url}` : proxy.kind;
}

/** Loaded when something is changed: most calls of the command connect to nothing. */
const loadMaterial = () => import('./connection-material.ts');

async function checkAuthorities(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const { readAuthorities } = await loadMaterial();
  for (const path of paths) readAuthorities(path);
}

/** Tries what is given, so that a wrong passphrase is told now and not at the first request. */
async function checkClientCertificate(
  { kind, passphrase }: { readonly kind: 'pem' | 'pfx'; readonly passphrase: string | null },
  material: Buffer,
): Promise<void> {
  const { clientOptions, createSecureContext } = await loadMaterial();
  try {
    createSecureContext(clientOptions(kind, material, passphrase));
  } catch (error) {
    throw new AppError('INVALID_INPUT', explain(error, passphrase !== null), { path: 'clientCertificate' });
  }
}

function explain(error: unknown, hasPassphrase: boolean): string {
  const text = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : '';
  if (/mac.verify.failure|bad.decrypt|password|interrupted/i.test(text)) {
    return hasPassphrase
      ? 'The passphrase does not open the key.'
      : 'The key is encrypted: its passphrase is needed.';
  }
  if (/key.values.mismatch/i.test(text)) {
    return 'The key does not belong to the certificate. Choose the two that belong together.';
  }
  if (/unsupported/i.test(text)) {
    return 'The file is encrypted in a way that is no longer safe, and is not read. Export it anew with AES.';
  }
  return 'This is no certificate with its key. PEM begins with -----BEGIN CERTIFICATE-----, and with -----BEGIN PRIVATE KEY-----; a PFX is a file that ends in .pfx or .p12.';
}

function factsOf(pem: string): Pick<ClientCertificate, 'subject' | 'validTo'> {
  const { subject, validToDate } = new X509Certificate(pem);
  return { subject: /^CN=(.*)$/m.exec(subject)?.[1] ?? subject, validTo: validToDate.toISOString() };
}
