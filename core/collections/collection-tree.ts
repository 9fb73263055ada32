import { closeSync, openSync, readSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CollectionItem } from '../../shared/collections/collection.ts';
import { compareNames } from '../../shared/name.ts';
import { parseYaml, readYaml } from './parse-yaml.ts';

/** Files of a collection that are no requests. */
const OWN_FILES: ReadonlySet<string> = new Set([
  'opencollection.yml',
  'opencollection.yaml',
  'folder.yml',
  'folder.yaml',
]);
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', 'environments']);
export const DEEPEST = 20;
/** Files that are read in one turn of the event loop: each alone, asynchronously, costs five times as much. */
const AT_ONCE = 32;
/** The head of a request file, where its name and method stand. */
const HEAD_BYTES = 4096;

interface OrderedItem extends CollectionItem {
  readonly seq: number;
  readonly items: readonly OrderedItem[];
}

/** Folders and requests below `folder`, folders first, each in the order of its `seq`, then by name. Links are not followed. */
export async function readTree(root: string, folder = '', depth = 0): Promise<OrderedItem[]> {
  if (depth > DEEPEST) return [];
  const found = await readdir(join(root, folder), { withFileTypes: true });
  const pathOf = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const items: OrderedItem[] = [];
  const wanted = found.filter(({ name }) => !name.startsWith('.'));
  for (const entry of wanted.filter((each) => each.isDirectory() && !SKIPPED_FOLDERS.has(each.name))) {
    items.push(await readFolder(root, pathOf(entry.name), entry.name, depth));
  }
  const files = wanted.filter(
    (each) => each.isFile() && /\.ya?ml$/.test(each.name) && !OWN_FILES.has(each.name),
  );
  for (let start = 0; start < files.length; start += AT_ONCE) {
    if (start > 0) await setImmediate();
    items.push(...files.slice(start, start + AT_ONCE).map(({ name }) => readItem(root, pathOf(name), name)));
  }
  return items.sort(inOrder);
}

function inOrder(left: OrderedItem, right: OrderedItem): number {
  const [leftFolder, rightFolder] = [left.kind === 'folder' ? 0 : 1, right.kind === 'folder' ? 0 : 1];
  return leftFolder - rightFolder || left.seq - right.seq || compareNames(left, right);
}

async function readFolder(root: string, path: string, fileName: string, depth: number): Promise<OrderedItem> {
  const items = await readTree(root, path, depth + 1);
  const info = await readInfo(join(root, path, 'folder.yml'));
  return { kind: 'folder', path, name: info.name ?? fileName, method: null, seq: info.seq, items };
}

async function readInfo(path: string): Promise<{ name: string | null; seq: number }> {
  try {
    const text = await readFile(path, 'utf8');
    const info = (readYaml(text, path, 0) as { info?: { name?: unknown; seq?: unknown } | null } | null)
      ?.info;
    return {
      name: typeof info?.name === 'string' ? info.name : null,
      seq: typeof info?.seq === 'number' ? info.seq : Number.MAX_SAFE_INTEGER,
    };
  } catch {
    return { name: null, seq: Number.MAX_SAFE_INTEGER };
  }
}

/** The value of a field, on one line, as it stands in a section. */
function fieldOf(section: string, field: string): RegExp {
  return new RegExp(
    `^${section}:\\s*\\r?\\n(?:[ \\t#].*\\r?\\n)*?[ \\t]+${field}:[ \\t]*(.+?)[ \\t]*\\r?$`,
    'm',
  );
}

const NAME = fieldOf('info', 'name');
const SEQ = fieldOf('info', 'seq');
const METHODS: ReadonlyMap<string, RegExp> = new Map([
  ['http', fieldOf('http', 'method')],
  ['graphql', fieldOf('graphql', 'method')],
]);

function readItem(root: string, path: string, fileName: string): OrderedItem {
  const head = readHead(join(root, path));
  const section = /^(http|graphql):/m.exec(head)?.[1];
  const isRequest = section !== undefined;
  return {
    kind: isRequest ? 'request' : 'unsupported',
    path,
    name: plainScalar(NAME.exec(head)?.[1]) ?? fileName.replace(/\.ya?ml$/, ''),
    method: isRequest ? methodIn(section, plainScalar(METHODS.get(section)?.exec(head)?.[1])) : null,
    seq: Number(SEQ.exec(head)?.[1] ?? Number.MAX_SAFE_INTEGER) || 0,
    items: [],
  };
}

function methodIn(section: string, method: string | null): string {
  return method?.toUpperCase() ?? (section === 'graphql' ? 'POST' : 'GET');
}

/** Words that mean themselves in YAML: most names and methods, not worth taking apart. */
const PLAIN_WORDS = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][\w./-]*(?: [\w./-]+)*$/i;

/** One scalar as YAML has it: quotes and escapes undone. */
function plainScalar(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (PLAIN_WORDS.test(text)) return text;
  try {
    const value: unknown = parseYaml(text, '').toJS({ maxAliasCount: 0 });
    return value === null || typeof value === 'object' ? null : String(value);
  } catch {
    return null;
  }
}

function readHead(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(file);
  }
}
