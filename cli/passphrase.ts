import { statSync } from 'node:fs';
import { AppError } from '../shared/app-error.ts';

/** Longest passphrase, in bytes, with room for a line's end. */
const PASSPHRASE_BYTES = 4 * 1024 + 2;

/** What opens things, as the environment gave it. */
export interface GivenKeys {
  readonly passphrase: string | undefined;
  readonly newPassphrase: string | undefined;
  readonly backupPassphrase: string | undefined;
  readonly recoveryCode: string | undefined;
  /** Of an account at a provider that asks for it when tokens are changed. */
  readonly accountPassword: string | undefined;
}

export interface PassphraseSource {
  /** From the environment. */
  readonly given: string | undefined;
  /** From `--passphrase-file`. */
  readonly file: string | undefined;
}

/** Takes them out of the environment, so that no program that is started inherits them. */
export function takeGivenKeys(env: NodeJS.ProcessEnv): GivenKeys {
  const take = (name: string) => {
    const value = env[name];
    delete env[name];
    return value === '' ? undefined : value;
  };
  return {
    passphrase: take('TESSERA_PASSPHRASE'),
    newPassphrase: take('TESSERA_NEW_PASSPHRASE'),
    backupPassphrase: take('TESSERA_BACKUP_PASSPHRASE'),
    recoveryCode: take('TESSERA_RECOVERY_CODE'),
    accountPassword: take('TESSERA_ACCOUNT_PASSWORD'),
  };
}

/**
 * The passphrase that was given in the environment or a file, else asked for on the terminal; twice where
 * it is a new one.
 *
 * @throws AppError `VAULT_LOCKED` where there is no way to ask
 */
export async function readPassphrase(
  { given, file }: PassphraseSource,
  purpose: 'unlock' | 'create',
): Promise<string> {
  if (given !== undefined) return given;
  if (file !== undefined) return readPassphraseFile(file);
  if (!process.stdin.isTTY) {
    throw new AppError(
      'VAULT_LOCKED',
      'The vault needs its passphrase: set TESSERA_PASSPHRASE, or name a file with --passphrase-file.',
    );
  }
  return askPassphrase('Passphrase', purpose);
}

/** On the terminal, without showing it; twice where it is a new one. */
export async function askPassphrase(what: string, purpose: 'unlock' | 'create'): Promise<string> {
  const { promptHidden } = await import('./prompt-hidden.ts');
  const passphrase = await promptHidden(`${what}: `);
  if (purpose === 'create' && (await promptHidden('Once more: ')) !== passphrase) {
    throw new AppError('INVALID_INPUT', 'The two passphrases differ. Nothing was done.', {
      path: 'passphrase',
    });
  }
  return passphrase;
}

async function readPassphraseFile(path: string): Promise<string> {
  const { readTextFile } = await import('./read-text.ts');
  if (isOpenToAll(path)) {
    throw new AppError(
      'INVALID_FILE',
      `The passphrase file ${path} can be read by everyone on this computer: chmod 600 it, or set TESSERA_PASSPHRASE.`,
      { path },
    );
  }
  const text = await readTextFile(path, PASSPHRASE_BYTES, 'The passphrase file');
  return text.replace(/\r?\n$/, '');
}

/** Windows has no such mode: its files are as open as their folder. */
function isOpenToAll(path: string): boolean {
  if (process.platform === 'win32') return false;
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && (found.mode & 0o004) !== 0;
}
