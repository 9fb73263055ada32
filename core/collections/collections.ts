import { existsSync, type FSWatcher, mkdirSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { AppError } from '../../shared/app-error.ts';
import type {
  CollectionItem,
  CollectionSummary,
  SavedRequest,
  SaveRequest,
} from '../../shared/collections/collection.ts';
import { fileNameOf, pathInside, readText, versionOf, writeText } from './collection-file.ts';
import { readTree } from './collection-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import type { TokenShape } from './request-auth.ts';
import { type RequestFile, readRequestFile, writeRequestFile } from './request-file.ts';

/** Where an app's list of collection folders is kept. */
export interface AppCollections {
  readonly folders: (appId: string) => readonly string[];
  readonly setFolders: (appId: string, folders: readonly string[]) => void;
}

/** A secret of an app that stands where it must not. */
export interface FoundSecret {
  readonly kind: 'token' | 'cookie' | 'connection';
  /** Of the token or the cookie. */
  readonly name: string | null;
}

export interface SaveOptions {
  /** Which secret of the app stands in the text; `null` where none does. */
  readonly secretIn: (text: string) => FoundSecret | null;
  readonly tokenShape: (name: string) => TokenShape | null;
}

const ROOT_FILE = 'opencollection.yml';
/** Editors write a file in several steps; they are told of as one. */
const SETTLE_MS = 150;

/** Collections: folders of OpenCollection YAML files, the user's own, outside the vault. */
export class Collections {
  readonly #home: string;
  readonly #apps: AppCollections;

  constructor(home: string, apps: AppCollections) {
    this.#home = home;
    this.#apps = apps;
  }

  list(appId: string): CollectionSummary[] {
    return this.#apps.folders(appId).map(summary);
  }

  /** A new, empty one in the home. */
  create(appId: string, name: string): CollectionSummary {
    const parent = join(this.#home, 'collections', appId);
    const folder = firstFree((suffix) => join(parent, fileNameOf(name) + suffix));
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    writeText(join(folder, ROOT_FILE), stringify({ opencollection: '1.0.0', info: { name } }));
    return this.#addFolder(appId, folder);
  }

  /** One that is there already. @throws AppError `COLLECTION_NOT_FOUND`, `COLLECTION_INVALID` */
  open(appId: string, folder: string): CollectionSummary {
    const { problem } = summary(folder);
    if (problem !== null) throw AppError.from(problem);
    return this.#addFolder(appId, resolve(folder));
  }

  /** Off the app's list; the files stay. */
  close(appId: string, collectionId: string): void {
    this.#apps.setFolders(
      appId,
      this.#apps.folders(appId).filter((folder) => folder !== collectionId),
    );
  }

  async tree(appId: string, collectionId: string): Promise<CollectionItem[]> {
    return readTree(this.#folder(appId, collectionId));
  }

  /** @throws AppError `REQUEST_NOT_FOUND`, `COLLECTION_INVALID` */
  read(appId: string, collectionId: string, path: string): SavedRequest {
    return savedRequest(path, readText(pathInside(this.#folder(appId, collectionId), path), path));
  }

  /**
   * @throws AppError `SECRET_IN_FILE`; `COLLECTION_CONFLICT` where the file changed since it was opened: what was
   * to be saved then lies beside it, at `details.copy`
   */
  save(appId: string, saved: SaveRequest, { secretIn, tokenShape }: SaveOptions): SavedRequest {
    const root = this.#folder(appId, saved.collectionId);
    const { name, request } = saved;
    const shape = request.auth.kind === 'token' ? tokenShape(request.auth.name) : null;
    const path = saved.path ?? newPath(root, saved.folder, name);
    const file = pathInside(root, path);
    const before = saved.path === null ? null : readText(file, path);
    const seq = before === null ? nextSeq(root, saved.folder) : readRequestFile(before, path).seq;
    const text = writeRequestFile(before, path, { name, seq, request }, shape);
    const found = secretIn(text);
    if (found !== null) throw secretInFile(found);
    if (before !== null && versionOf(before) !== saved.version) return keepBoth(root, path, text);
    if (text !== before) writeText(file, text);
    return savedRequest(path, text);
  }

  /** A request's file, or a folder with all that is in it. */
  remove(appId: string, collectionId: string, path: string): void {
    const root = this.#folder(appId, collectionId);
    const target = pathInside(root, path);
    if (path === '' || !existsSync(target)) {
      throw new AppError('REQUEST_NOT_FOUND', 'This is not in the collection any more.', { path });
    }
    rmSync(target, { recursive: true });
  }

  /** @returns the function that ends the watch */
  watch(collectionId: string, onChange: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(collectionId, { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(onChange, SETTLE_MS);
      });
      watcher.on('error', () => watcher?.close());
    } catch {
      // A folder that is gone has nothing to watch; listing it says so.
    }
    return () => {
      clearTimeout(timer);
      watcher?.close();
    };
  }

  #addFolder(appId: string, folder: string): CollectionSummary {
    const folders = this.#apps.folders(appId);
    if (!folders.includes(folder)) this.#apps.setFolders(appId, [...folders, folder]);
    return summary(folder);
  }

  /** Only folders that the app lists: a call cannot name any other place on the disk. */
  #folder(appId: string, collectionId: string): string {
    if (this.#apps.folders(appId).includes(collectionId) && existsSync(collectionId)) return collectionId;
    throw new AppError(
      'COLLECTION_NOT_FOUND',
      'This collection is not one of the app’s, or its folder is gone.',
      { path: collectionId },
    );
  }
}

function summary(folder: string): CollectionSummary {
  const name = basename(folder);
  try {
    const root = parseYaml(readFileSync(join(folder, ROOT_FILE), 'utf8'), join(folder, ROOT_FILE)).toJS({
      maxAliasCount: 0,
    });
    return { id: folder, name: typeof root?.info?.name === 'string' ? root.info.name : name, problem: null };
  } catch (error) {
    const missing = new AppError(
      'COLLECTION_NOT_FOUND',
      `${folder} is no collection: it has no ${ROOT_FILE}.`,
      { path: folder },
    );
    return { id: folder, name, problem: (error instanceof AppError ? error : missing).toData() };
  }
}

function savedRequest(path: string, text: string): SavedRequest {
  const { name, request, notices }: RequestFile = readRequestFile(text, path);
  return { path, name, request, version: versionOf(text), notices };
}

function newPath(root: string, folder: string, name: string): string {
  const stem = folder === '' ? fileNameOf(name) : `${folder}/${fileNameOf(name)}`;
  return firstFree(
    (suffix) => `${stem}${suffix}.yml`,
    (path) => existsSync(pathInside(root, path)),
  );
}

function firstFree(
  pathWith: (suffix: string) => string,
  isTaken: (path: string) => boolean = existsSync,
): string {
  for (let number = 1; ; number += 1) {
    const path = pathWith(number === 1 ? '' : ` ${number}`);
    if (!isTaken(path)) return path;
  }
}

/** One more than the requests that are in the folder: a new one comes last. */
function nextSeq(root: string, folder: string): number {
  const parent = pathInside(root, folder);
  return existsSync(parent) ? readdirSync(parent).length + 1 : 1;
}

function keepBoth(root: string, path: string, text: string): never {
  const stem = path.replace(/\.ya?ml$/, '');
  const copy = firstFree(
    (suffix) => `${stem} (conflict${suffix}).yml`,
    (each) => existsSync(pathInside(root, each)),
  );
  writeText(pathInside(root, copy), text);
  throw new AppError(
    'COLLECTION_CONFLICT',
    `${path} was changed by something else since it was opened. It was left as it is; your version is beside it, as ${copy}.`,
    { path, copy },
  );
}

export function secretInFile(found: FoundSecret): AppError {
  const advice = {
    token: 'and choose the token instead',
    cookie: 'because the app’s cookies go along by themselves',
    connection: 'because the connection of the app has it',
  }[found.kind];
  return new AppError(
    'SECRET_IN_FILE',
    `The request would write ${described(found)} into a file. Remove it from the request ${advice}.`,
    { [found.kind]: found.name },
  );
}

/** Of a token's new name, where requests on the disk are to call it that. */
export function secretInName(found: FoundSecret): AppError {
  return new AppError(
    'SECRET_IN_FILE',
    `The new name holds ${described(found)}, which would stand in the files of the requests that name the token. Choose another name.`,
    { [found.kind]: found.name },
  );
}

function described({ kind, name }: FoundSecret): string {
  return {
    token: `the secret of the token "${name}"`,
    cookie: `the value of the cookie "${name}"`,
    connection: 'the password of the app’s proxy or client certificate',
  }[kind];
}
