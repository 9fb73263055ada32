import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemReason } from '../../core/system-error.ts';
import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type {
  ConnectionChanges,
  NewClientCertificate,
} from '../../shared/connections/connection-settings.ts';
import { readStandardInput } from '../read-text.ts';
import type { Session } from '../session.ts';
import { describeConnection, INSECURE } from './describe-connection.ts';

/** As they were typed. `false`: `--no-…`. */
export interface ConnectionCommandOptions {
  readonly proxy?: string;
  readonly proxyUser?: string;
  readonly proxyPasswordStdin?: boolean;
  readonly ca?: readonly string[] | boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: string;
  readonly keyPassphraseStdin?: boolean;
  readonly clientCertificate?: boolean;
  readonly insecure?: boolean;
  readonly secure?: boolean;
  readonly minTls?: string;
  readonly resolve?: readonly string[] | boolean;
  readonly ip?: string;
  readonly unixSocket?: string | boolean;
  readonly http2?: boolean;
}

/** Longest password or passphrase that is read. */
const SECRET_BYTES = 4096;

/** Largest certificate, key or PFX that is read. */
const KEY_BYTES = 200_000;

export async function changeConnection(
  session: Session,
  name: string,
  options: ConnectionCommandOptions,
): Promise<undefined> {
  refuseContradictions(options);
  const { clientCertificate, ...given } = options;
  const isShown = clientCertificate !== false && Object.values(given).every((value) => value === undefined);
  const tessera = await (isShown ? session.unlocked() : session.confirmed());
  const found = tessera.apps.find(name);
  const app = isShown ? found : await change(tessera, found, options);
  if (!app.connection.verifiesCertificates) session.warn(INSECURE);
  session.print(app.connection, describeConnection(app.connection));
}

async function change(tessera: Tessera, app: App, options: ConnectionCommandOptions): Promise<App> {
  const certificate = await readClientCertificate(options);
  const changed = await tessera.connections.change(app.id, await readChanges(app, options));
  if (certificate !== null) return tessera.connections.setClientCertificate(app.id, certificate);
  if (options.clientCertificate === false) return tessera.connections.removeClientCertificate(app.id);
  return changed;
}

function refuseContradictions(options: ConnectionCommandOptions): void {
  const { cert, key, pfx, insecure, secure, proxyPasswordStdin, keyPassphraseStdin } = options;
  if ((cert === undefined) !== (key === undefined))
    throw usage('--cert and --key belong together: name both.');
  if (cert !== undefined && pfx !== undefined)
    throw usage('Name --cert and --key, or --pfx, not all of them.');
  if (insecure && secure) throw usage('--insecure and --secure contradict each other.');
  if (proxyPasswordStdin && keyPassphraseStdin) {
    throw usage(
      'Standard input holds one secret: set the password of the proxy and the key one after the other.',
    );
  }
}

async function readChanges(app: App, options: ConnectionCommandOptions): Promise<ConnectionChanges> {
  const { ca, minTls, resolve: addresses, ip, unixSocket, http2 } = options;
  const changes: ConnectionChanges = {};
  const proxy = readProxy(app, options);
  if (proxy !== undefined) changes.proxy = proxy;
  if (options.proxyPasswordStdin) changes.proxyPassword = await readSecret('The password of the proxy');
  if (Array.isArray(ca)) changes.caFiles = ca.map((file: string) => resolve(file));
  else if (ca === false) changes.caFiles = [];
  if (options.insecure) changes.verifiesCertificates = false;
  if (options.secure) changes.verifiesCertificates = true;
  // Checked with the rest.
  if (minTls !== undefined) changes.minTlsVersion = `TLSv${minTls}` as 'TLSv1.2';
  if (ip !== undefined) changes.ipVersion = ip as 'any';
  if (Array.isArray(addresses)) changes.hostOverrides = addresses.map(readOverride);
  else if (addresses === false) changes.hostOverrides = [];
  if (typeof unixSocket === 'string') changes.unixSocket = resolve(unixSocket);
  else if (unixSocket === false) changes.unixSocket = null;
  if (http2 !== undefined) changes.http2 = http2;
  return changes;
}

function readProxy(app: App, { proxy, proxyUser }: ConnectionCommandOptions): ConnectionChanges['proxy'] {
  if (proxy === 'system' || proxy === 'none') return { kind: proxy };
  const known = app.connection.proxy;
  if (proxy !== undefined) return { kind: 'own', url: proxy, userName: proxyUser ?? null };
  if (proxyUser === undefined) return undefined;
  if (known.kind !== 'own') throw usage('A user name belongs to a proxy: name it with --proxy URL.');
  return { ...known, userName: proxyUser };
}

/** `api.example.com:443:127.0.0.1`, the address of IPv6 in brackets or not. */
function readOverride(text: string): { host: string; port: number | null; address: string } {
  const [, host = '', port = '', address = ''] = /^([^:]+):(\*|\d+):(.+)$/.exec(text) ?? [];
  if (host === '') throw usage(`--resolve takes HOST:PORT:ADDRESS, such as api.example.com:443:127.0.0.1.`);
  return { host, port: port === '*' ? null : Number(port), address: address.replace(/^\[(.*)\]$/, '$1') };
}

async function readClientCertificate(
  options: ConnectionCommandOptions,
): Promise<NewClientCertificate | null> {
  const { cert, key, pfx } = options;
  if (pfx === undefined && (cert === undefined || key === undefined)) return null;
  const passphrase = options.keyPassphraseStdin ? await readSecret('The passphrase of the key') : null;
  if (pfx !== undefined) return { kind: 'pfx', pfx: readKeyFile(pfx).toString('base64'), passphrase };
  return {
    kind: 'pem',
    certificate: readKeyFile(cert ?? '').toString('latin1'),
    key: readKeyFile(key ?? '').toString('latin1'),
    passphrase,
  };
}

function readKeyFile(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', `The file ${path} cannot be read (${systemReason(error)}).`, {
      path,
    });
  }
  if (bytes.length > KEY_BYTES) throw usage(`${path} is too large for a certificate or a key.`);
  return bytes;
}

async function readSecret(what: string): Promise<string> {
  return (await readStandardInput(SECRET_BYTES, what)).replace(/\r?\n$/, '');
}

function usage(message: string): AppError {
  return new AppError('INVALID_INPUT', message);
}
