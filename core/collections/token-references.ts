import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import type {
  CollectionFile,
  FileProblem,
  RenamedReference,
  RenamedReferences,
  TokenReferences,
} from '../../shared/collections/token-reference.ts';
import { pathInside, readText, versionOf, writeText } from './collection-file.ts';
import { DEEPEST, SKIPPED_FOLDERS } from './collection-tree.ts';
import { namesToken, renameToken } from './rename-token.ts';

/** Files read in one go: others get their turn in between. */
const AT_ONCE = 32;

/** Looks through collections for what names a token: requests, folders and the collections themselves. */
export async function findTokenReferences(
  collections: readonly string[],
  name: string,
): Promise<TokenReferences> {
  const files: CollectionFile[] = [];
  const unread: FileProblem[] = [];
  for (const collectionId of collections) {
    const paths = await yamlFiles(collectionId).catch(() => null);
    if (paths === null) unread.push({ collectionId, path: '', problem: folderGone(collectionId) });
    for (const [index, path] of (paths ?? []).entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
      const problem = problemOf(() => {
        if (namesToken(readFile({ collectionId, path }), path, name)) files.push({ collectionId, path });
      });
      if (problem !== null) unread.push({ collectionId, path, problem });
    }
  }
  return { files, unread };
}

/**
 * Gives the token its new name in each of the files, one after the other. Each is read anew: what somebody
 * else has changed in it stays.
 */
export function renameTokenReferences(
  files: readonly CollectionFile[],
  from: string,
  to: string,
): RenamedReferences {
  const changed: RenamedReference[] = [];
  const failed: FileProblem[] = [];
  for (const file of files) {
    const problem = problemOf(() => {
      const before = readFile(file);
      const after = renameToken(before, file.path, from, to);
      // It names another one by now.
      if (after === before) return;
      writeText(pathInside(file.collectionId, file.path), after);
      changed.push({ ...file, versionBefore: versionOf(before), version: versionOf(after) });
    });
    if (problem !== null) failed.push({ ...file, problem });
  }
  return { changed, failed };
}

function readFile({ collectionId, path }: CollectionFile): string {
  return readText(pathInside(collectionId, path), path);
}

function problemOf(work: () => void): FileProblem['problem'] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.toData();
    throw error;
  }
}

function folderGone(collectionId: string): FileProblem['problem'] {
  return new AppError(
    'COLLECTION_NOT_FOUND',
    `The folder ${collectionId} of the collection cannot be read.`,
    {
      path: collectionId,
    },
  ).toData();
}

/** Relative to the collection, in the order of their names. Links are not followed. */
async function yamlFiles(root: string, folder = '', depth = 0): Promise<string[]> {
  if (depth > DEEPEST) return [];
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const wanted = entries
    .filter(({ name }) => !name.startsWith('.') && !SKIPPED_FOLDERS.has(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const paths: string[] = [];
  for (const entry of wanted) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) paths.push(...(await yamlFiles(root, path, depth + 1)));
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) paths.push(path);
  }
  return paths;
}
