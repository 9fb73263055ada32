import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { collectionPathSchema } from '../../shared/collections/collection.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { explainWriteFailure } from '../storage/explain-write-failure.ts';
import { writeWholeFile } from '../storage/write-whole-file.ts';

/** A file larger than this is no request that a person wrote. */
const FILE_BYTES = 10_000_000;

/**
 * The absolute path of something in a collection. It cannot lead out of it, by `..` or by a symbolic link.
 *
 * @throws AppError `INVALID_INPUT`
 */
export function pathInside(root: string, path: string): string {
  const checked = parseInput(collectionPathSchema, path, 'Collection path');
  const whole = join(root, ...checked.split('/'));
  const real = realPathOfNearest(whole);
  const realRoot = realpathSync.native(root);
  if (real !== realRoot && !real.startsWith(realRoot + sep)) {
    throw new AppError(
      'INVALID_INPUT',
      'This path leads out of its collection through a link. It is not followed.',
      { path: checked },
    );
  }
  return whole;
}

/**
 * A file that a request of a collection sends. A collection may be somebody else's: it reaches its own files,
 * and no others of this computer.
 *
 * @throws AppError `FILE_NOT_ALLOWED`
 */
export function fileOfCollection(root: string, path: string): string {
  const refused = new AppError(
    'FILE_NOT_ALLOWED',
    `The request sends the file ${path.slice(0, 200)}, which is not in the folder of its collection. Put it there, or choose it by hand.`,
    { path: path.slice(0, 200) },
  );
  if (isAbsolute(path) || path.includes('\\')) throw refused;
  try {
    return pathInside(root, path.replace(/^\.\//, ''));
  } catch {
    throw refused;
  }
}

/** @throws AppError `REQUEST_NOT_FOUND`, `COLLECTION_INVALID` */
export function readText(file: string, path: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined)
    throw new AppError('REQUEST_NOT_FOUND', `${path} is not in the collection any more.`, { path });
  if (size > FILE_BYTES) throw new AppError('COLLECTION_INVALID', `${path} is larger than 10 MB.`, { path });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    throw new AppError('COLLECTION_INVALID', `${path} is not UTF-8 text.`, { path });
  }
}

/** Changes whenever the text does. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Files of the user's own: with the rights that other files of theirs get. @throws AppError `WRITE_FAILED` */
export function writeText(path: string, text: string): void {
  explainWriteFailure(path, () => writeWholeFile(path, text, { isPrivate: false }));
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name for a request or folder that every system takes: letters of any script, no separators, not too long. */
export function fileNameOf(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .slice(0, 60)
    .replace(/^[. -]+|[. -]+$/g, '');
  return safe === '' || RESERVED.test(safe) ? `request ${safe}`.trim() : safe;
}

function realPathOfNearest(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Not there yet: then the folder that it will be in decides. A dangling link is never written through.
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return sep;
    const parent = dirname(path);
    return parent === path ? path : join(realPathOfNearest(parent), path.slice(parent.length));
  }
}
