import { randomBytes } from 'node:crypto';
import { bech32m } from '@scure/base';
import { AppError } from '../../shared/app-error.ts';

/** Entropy of a code, in bytes: 128 bits, which need no slow derivation. */
export const RECOVERY_BYTES = 16;

/** Goes into the checksum and is not printed: a code made for something else does not pass. */
const PURPOSE = 'tessera';
const CODE_LENGTH = 32;
const GROUP_LENGTH = 4;

/** Characters that are not in the alphabet, and those that they are mistaken for. */
const MISTAKEN: Readonly<Record<string, string>> = { o: '0', i: 'l', '1': 'l', b: '8' };

/** @returns the bytes, which the caller wipes, and how they are written down: `QPZR-Y9X8-…`, eight groups of four */
export function newRecoveryCode(): { readonly bytes: Buffer; readonly code: string } {
  const bytes = randomBytes(RECOVERY_BYTES);
  return { bytes, code: writeRecoveryCode(bytes) };
}

/** Bech32m (BIP 350): its checksum notices up to four wrong characters for certain. */
export function writeRecoveryCode(bytes: Buffer): string {
  const characters = bech32m.encode(PURPOSE, bech32m.toWords(bytes)).slice(PURPOSE.length + 1);
  const groups = characters.toUpperCase().match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'));
  return (groups ?? []).join('-');
}

/**
 * Reads what somebody typed: case, spaces, hyphens and the usual mistakes (O for 0, I or 1 for L, B for 8)
 * do not matter.
 *
 * @returns the bytes, which the caller wipes @throws AppError `INVALID_INPUT`, which never repeats the code
 */
export function readRecoveryCode(typed: string): Buffer {
  const characters = [...typed.toLowerCase().replace(/[\s\p{Pd}._]/gu, '')]
    .map((character) => MISTAKEN[character] ?? character)
    .join('');
  if (characters.length !== CODE_LENGTH) {
    throw invalid(`it has ${characters.length} characters, and should have ${CODE_LENGTH}`);
  }
  try {
    const { words } = bech32m.decode(`${PURPOSE}1${characters}`);
    return Buffer.from(bech32m.fromWords(words));
  } catch {
    throw invalid('at least one character is not as it was printed');
  }
}

function invalid(reason: string): AppError {
  return new AppError(
    'INVALID_INPUT',
    `Recovery code: ${reason}. It is eight groups of four letters and digits.`,
    { path: 'code' },
  );
}
