import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { systemReason } from '../../core/system-error.ts';
import { readVaultDocument } from '../../core/vault/vault-document.ts';
import { WriterLock } from '../../core/vault/writer-lock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Finding } from './finding.ts';

/** The home, and the vault in it, without opening it. */
export function examineHome(home: string): Finding[] {
  return [homeFolder(home), vault(home), writer(home)];
}

function homeFolder(home: string): Finding {
  const what = 'Home';
  const nearest = nearestFolder(home);
  try {
    accessSync(nearest, constants.W_OK);
    const { mode } = statSync(nearest);
    if (!statSync(nearest).isDirectory()) throw new Error('not a folder');
    if (nearest !== home) return { what, state: 'ok', found: `${home}, made on first use`, todo: null };
    if (process.platform === 'win32' || (mode & 0o077) === 0)
      return { what, state: 'ok', found: home, todo: null };
    return {
      what,
      state: 'limited',
      found: `${home}, open to other users of this computer`,
      todo: `The vault is encrypted, its collections are not: chmod 700 ${home}`,
    };
  } catch (error) {
    return {
      what,
      state: 'broken',
      found: `${home} cannot be written (${systemReason(error)})`,
      todo: 'Name another folder with --home, or give yourself the right to write there.',
    };
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function vault(home: string): Finding {
  const what = 'Vault';
  const path = join(home, 'vault.json');
  try {
    const document = readVaultDocument(openConfDocument(path));
    return document === undefined
      ? { what, state: 'limited', found: 'none yet', todo: 'tessera vault init' }
      : { what, state: 'ok', found: `format ${document.version}`, todo: null };
  } catch (error) {
    const found =
      error instanceof AppError ? error.message : `${path} cannot be read (${systemReason(error)})`;
    return { what, state: 'broken', found, todo: 'Put back a copy of the file, or name another --home.' };
  }
}

function writer(home: string): Finding {
  const what = 'Writer';
  const holder = new WriterLock(join(home, 'vault.lock')).otherHolder();
  return holder === null
    ? { what, state: 'ok', found: 'nobody else is writing', todo: null }
    : {
        what,
        state: 'limited',
        found: `process ${holder} has the vault open for writing`,
        todo: 'The vault can be read. To change it, close the other Tessera or lock its vault.',
      };
}
