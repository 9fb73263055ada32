import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { collectionPathSchema } from '../../shared/collections/collection.ts';
import { parseInput } from '../../shared/parse-input.ts';

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
