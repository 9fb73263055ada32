import { type Document, isAlias, isMap, isScalar, type Scalar } from 'yaml';
import { sameName } from '../../shared/name.ts';
import { parseYaml } from './parse-yaml.ts';
import { decodeReference, publicHalf, referenceTo, referredToken, VALUE_FIELDS } from './request-auth.ts';

/** Sections that have an auth field: of requests, and of folders and collections. */
const SECTIONS = ['http', 'graphql', 'request'] as const;

const REFERENCES = /\{\{vault\.([^{}]+?)\}\}/g;

/** What YAML may have written in another way than the name has it. */
const ESCAPED = /[\\\n]|''/;

/** Whether a file's auth names a token. @throws AppError `COLLECTION_INVALID` */
export function namesToken(text: string, path: string, name: string): boolean {
  return mayName(text, name) && fieldsNaming(parseYaml(text, path), name).length > 0;
}

/**
 * A file's text with the token that its auth names called by another name. Nothing else is touched, not a
 * space; where it does not name the token the text is the same.
 *
 * @throws AppError `COLLECTION_INVALID`
 */
export function renameToken(text: string, path: string, from: string, to: string): string {
  if (!mayName(text, from)) return text;
  const fields = fieldsNaming(parseYaml(text, path), from);
  const last = fields.toSorted((a, b) => startOf(b.node) - startOf(a.node));
  return last.reduce((changed, { node, suffix }) => {
    const [start, end] = node.range ?? [0, 0];
    const written = inStyleOf(node, referenceTo(`${to}${suffix}`), text.slice(start, end));
    return changed.slice(0, start) + written + changed.slice(end);
  }, text);
}

/** Most files do not: those need not be parsed. */
function mayName(text: string, name: string): boolean {
  return [...text.matchAll(REFERENCES)].some(
    ([, written = '']) => ESCAPED.test(written) || sameName(decodeReference(written), name),
  );
}

interface NamingField {
  readonly node: Scalar;
  /** What stands behind the token's name in the reference. */
  readonly suffix: string;
}

function fieldsNaming(document: Document, name: string): NamingField[] {
  const found = SECTIONS.flatMap((section) => {
    const auth = child(document, child(document, document.contents, section), 'auth');
    const type = child(document, auth, 'type');
    const value = child(document, auth, VALUE_FIELDS[isScalar(type) ? String(type.value) : ''] ?? '');
    if (!refersTo(value, name)) return [];
    const user = child(document, auth, 'username');
    return [
      { node: value, suffix: '' },
      ...(refersTo(user, publicHalf(name)) ? [{ node: user, suffix: publicHalf('') }] : []),
    ];
  });
  // An anchor is one place, however many aliases lead there.
  return [...new Map(found.map((field) => [startOf(field.node), field])).values()];
}

function child(document: Document, parent: unknown, key: string): unknown {
  const node: unknown = isMap(parent) ? parent.get(key, true) : undefined;
  return isAlias(node) ? node.resolve(document) : node;
}

function refersTo(node: unknown, name: string): node is Scalar {
  const referred = isScalar(node) ? referredToken(node.value) : null;
  return referred !== null && sameName(referred, name);
}

function startOf({ range }: Scalar): number {
  return range?.[0] ?? 0;
}

/** With the quotes that the value had. A reference cannot do without: it begins with a brace. */
function inStyleOf(node: Scalar, value: string, before: string): string {
  if (node.type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  // A block ends with its line.
  return JSON.stringify(value) + (before.endsWith('\n') ? '\n' : '');
}
