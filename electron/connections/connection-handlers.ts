import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { dialog, type FileFilter } from 'electron';
import { AppError } from '../../shared/app-error.ts';
import { requestSchema } from '../../shared/requests/request.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** Larger files are no certificates and keys. */
const KEY_BYTES = 200_000;

const PEM: FileFilter = { name: 'PEM', extensions: ['pem', 'crt', 'cer', 'key', 'ca-bundle'] };
const PFX: FileFilter = { name: 'PFX', extensions: ['pfx', 'p12'] };

/** What was chosen for a client certificate: the paths stay here. */
type Chosen =
  | { readonly kind: 'pem'; readonly certificate: string; readonly key: string }
  | { readonly kind: 'pfx'; readonly pfx: string };

export function connectionHandlers(context: ShellContext): FeatureHandlers<'connections'> {
  const { tessera } = context;
  const { apps, connections, confirmation } = tessera;
  const chosenFiles = new Set<string>();
  let chosen: Chosen | null = null;
  return {
    'connections.change': ({ appId, changes }) => {
      // Where tokens go, and who can read them on the way.
      confirmation.require();
      const known = apps.get(appId).connection.caFiles;
      for (const path of changes.caFiles ?? []) {
        if (known.includes(path) || chosenFiles.has(path)) continue;
        throw new AppError('FILE_NOT_ALLOWED', 'Choose the file of authorities by hand.', { path });
      }
      return connections.change(appId, changes);
    },
    'connections.chooseAuthorities': async () => {
      const path = await chooseFile(context, 'Choose a file of authorities (PEM)', PEM);
      if (path === null) return null;
      chosenFiles.add(path);
      return { path };
    },
    'connections.chooseClientCertificate': async ({ kind }) => {
      const next = kind === 'pfx' ? await choosePfx(context) : await choosePem(context);
      if (next === null) return null;
      chosen = next;
      const paths = next.kind === 'pfx' ? [next.pfx] : [next.certificate, next.key];
      return { fileNames: paths.map((path) => basename(path)) };
    },
    'connections.setClientCertificate': async ({ appId, passphrase }) => {
      confirmation.require();
      if (chosen === null) throw new AppError('INVALID_INPUT', 'Choose the client certificate first.');
      const given =
        chosen.kind === 'pfx'
          ? { kind: 'pfx' as const, pfx: readKeyFile(chosen.pfx).toString('base64') }
          : {
              kind: 'pem' as const,
              certificate: readKeyFile(chosen.certificate).toString('latin1'),
              key: readKeyFile(chosen.key).toString('latin1'),
            };
      const app = await connections.setClientCertificate(appId, { ...given, passphrase });
      // Chosen for this app alone.
      chosen = null;
      return app;
    },
    'connections.removeClientCertificate': ({ appId }) => {
      confirmation.require();
      return connections.removeClientCertificate(appId);
    },
    'connections.test': async ({ appId, url }) => {
      const { response, body } = await tessera.send(appId, testRequest(url));
      body[Symbol.dispose]();
      return response;
    },
  };
}

/** Nothing but a wish for the page: without a token, and not for long. */
function testRequest(url: string) {
  return requestSchema.parse({ url, auth: { kind: 'none' }, timeoutMs: 15_000, maxRedirects: 0 });
}

async function choosePem(context: ShellContext): Promise<Chosen | null> {
  const certificate = await chooseFile(context, 'Choose the certificate (PEM)', PEM);
  if (certificate === null) return null;
  const key = await chooseFile(context, 'Choose its key (PEM); the same file where it holds both', PEM);
  return key === null ? null : { kind: 'pem', certificate, key };
}

async function choosePfx(context: ShellContext): Promise<Chosen | null> {
  const pfx = await chooseFile(context, 'Choose the certificate with its key (PFX)', PFX);
  return pfx === null ? null : { kind: 'pfx', pfx };
}

async function chooseFile(
  { window }: ShellContext,
  title: string,
  filter: FileFilter,
): Promise<string | null> {
  const parent = window();
  const filters = [filter, { name: 'All files', extensions: ['*'] }];
  const options = { title, filters, properties: ['openFile' as const] };
  const answer = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** @throws AppError `FILE_NOT_FOUND`, `INVALID_FILE` */
function readKeyFile(path: string): Buffer {
  const name = basename(path);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw new AppError('FILE_NOT_FOUND', `The file ${name} is not there any more.`, { path });
  if (size > KEY_BYTES)
    throw new AppError('INVALID_FILE', `${name} is too large for a certificate or a key.`);
  return readFileSync(path);
}
