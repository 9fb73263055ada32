import { join } from 'node:path';
import type { Tessera } from '../../core/tessera.ts';
import type { CollectionFile, FileProblem } from '../../shared/collections/token-reference.ts';
import { nameSchema, sameName } from '../../shared/name.ts';
import { parseInput } from '../../shared/parse-input.ts';
import type { Token } from '../../shared/tokens/token.ts';
import type { Session } from '../session.ts';

/** More are a number. */
const MOST_NAMED = 10;

interface FollowOptions {
  /** The name that the token had, or has until now. */
  readonly from: string;
  readonly updateRequests: boolean;
}

/** What became of files that name the token by the name it had, as `--json` shows it; paths are absolute. */
export interface FollowedRequests {
  readonly changed: readonly string[];
  /** They do not find the token any more. */
  readonly left: readonly string[];
  readonly failed: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

/** Refuses a new name that may not be written into the requests that are to follow, while nothing is changed yet. */
export async function checkRename(
  tessera: Tessera,
  appId: string,
  name: string,
  { from, updateRequests }: FollowOptions,
): Promise<void> {
  if (!updateRequests || sameName(from, name)) return;
  await tessera.checkRename(appId, parseFormer(from), name);
}

/** Changes the requests that name a renamed token, where that is wished; says what was done and what is left to do. */
export async function followRename(
  session: Session,
  tessera: Tessera,
  { id, appId, name }: Token,
  options: FollowOptions,
): Promise<FollowedRequests> {
  const from = parseFormer(options.from);
  if (sameName(from, name)) return { changed: [], left: [], failed: [] };
  if (!options.updateRequests) {
    const { files, unread } = await tessera.tokenReferences(appId, from);
    const left = files.map(pathOf);
    if (left.length > 0) {
      session.warn(
        `${count(left.length)} of its app’s collections ${left.length === 1 ? 'names' : 'name'} it ${from} and ${left.length === 1 ? 'does' : 'do'} not find it any more: ${named(left)}. Change ${left.length === 1 ? 'it' : 'them'} too: \`tessera token edit ${id} --update-requests --renamed-from ${JSON.stringify(from)}\`.`,
      );
    }
    warnOf(session, unread);
    return { changed: [], left, failed: [] };
  }
  const { changed, failed } = await tessera.renameReferences({ appId, tokenId: id }, from);
  const paths = changed.map(pathOf);
  if (paths.length > 0) session.note('Changed', `${count(paths.length)}: ${named(paths)}.`);
  warnOf(session, failed);
  return {
    changed: paths,
    left: [],
    failed: failed.map((file) => ({ path: pathOf(file), ...wordsOf(file) })),
  };
}

function parseFormer(name: string): string {
  return parseInput(nameSchema, name, '--renamed-from');
}

function warnOf(session: Session, problems: readonly FileProblem[]): void {
  for (const file of problems.slice(0, MOST_NAMED)) {
    session.warn(`${pathOf(file)} was left as it is. ${file.problem.message}`);
  }
  const more = problems.length - MOST_NAMED;
  if (more > 0) session.warn(`${count(more)} more were left as they are; --json names them all.`);
}

function wordsOf({ problem: { code, message } }: FileProblem) {
  return { code, message };
}

function pathOf({ collectionId, path }: CollectionFile): string {
  return join(collectionId, path);
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

function named(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMED;
  return paths.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
