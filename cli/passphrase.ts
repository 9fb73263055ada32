import { readFileSync } from 'node:fs';
import { AppError } from '../shared/app-error.ts';
import { promptHidden } from './prompt-hidden.ts';

/**
 * `TESSERA_PASSPHRASE`, then the file, then a prompt. The variable is taken out of the environment, so that
 * no child process inherits it.
 *
 * @throws AppError `VAULT_LOCKED` where there is no way to ask
 */
export async function readPassphrase(
  file: string | undefined,
  purpose: 'unlock' | 'create',
): Promise<string> {
  const { TESSERA_PASSPHRASE: given } = process.env;
  delete process.env.TESSERA_PASSPHRASE;
  if (given !== undefined && given !== '') return given;
  if (file !== undefined) return readPassphraseFile(file);
  if (!process.stdin.isTTY) {
    throw new AppError(
      'VAULT_LOCKED',
      'The vault needs its passphrase: set TESSERA_PASSPHRASE, or name a file with --passphrase-file.',
    );
  }
  const passphrase = await promptHidden('Passphrase: ');
  if (purpose === 'create' && (await promptHidden('Once more: ')) !== passphrase) {
    throw new AppError('INVALID_INPUT', 'The two passphrases differ. Nothing was made.', {
      path: 'passphrase',
    });
  }
  return passphrase;
}

function readPassphraseFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new AppError('FILE_NOT_FOUND', `The passphrase file ${path} cannot be read.`, { path });
  }
}
