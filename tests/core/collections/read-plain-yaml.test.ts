import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { readPlainYaml } from '../../../core/collections/read-plain-yaml.ts';
import { writeRequestFile } from '../../../core/collections/request-file.ts';
import { requestSchema } from '../../../shared/requests/request.ts';

/** What a parser makes of a text; `null` where it has something to say against it. */
function parsed(text: string): { readonly data: unknown } | null {
  const document = parseDocument(text, { customTags: [], uniqueKeys: true, logLevel: 'silent' });
  if (document.errors.length + document.warnings.length > 0) return null;
  return { data: document.toJS({ maxAliasCount: 100 }) };
}

function expectSameOrNothing(text: string): void {
  const data = readPlainYaml(text);
  if (data !== undefined) expect(parsed(text)).toStrictEqual({ data });
}

/** Where YAML is not what it seems, and pieces of what is read here. */
const PIECES = [
  ...['a', 'b:', 'c: ', 'name: ', 'x: y', 'http:', 'k:\n  ', 'k:\n  - ', 'a: |\n  ', 'a: |-\n  '],
  ...[' ', '  ', '     ', '\n', '\n\n', '\n  ', '\n    ', '\n- ', '- ', '  - ', '\t', '\r\n'],
  ...[': ', '?', '-', '#', ' #', '"', "'", '|', '>', '{', '}', '[', '&a', '*a', '!', '%', '@', '`', '\\'],
  ...['---', '...', '<<: ', 'true', 'null', 'True', '~', '12', '-1', '007', '1e3', '0x1', '.5', '1.0.0', 'é'],
];

const LINES = [
  ...['a:', 'b:', 'a: x', 'b: 1', 'c: |', 'c: |-', 'c: |+', 'c: >', '- x', '- a: y', '- b:', '- |', '- "z"'],
  ...['x', '"q"', '# c', '', '  ', 'd: "x # y"', "e: 'x: y'", 'f: a #b', 'f: a#b', 'g: a :b', 'a: b: c'],
  ...['{"x": 1}', '}', 'h: true', 'true: 1', 'i: null', 'j: /p?q=[1]&x={y}', 'k: {{z}}', 'l: http://[::1]/'],
];

describe('the plainest of YAML', () => {
  it('is read as a parser reads it, or not at all: pieces in any order', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((all) => `${all.join('')}\n`);
    fc.assert(fc.property(text, expectSameOrNothing), { numRuns: 10_000 });
  });

  it('is read as a parser reads it, or not at all: lines at any depth', () => {
    const line = fc
      .tuple(fc.nat(3), fc.constantFrom(...LINES))
      .map(([depth, end]) => ' '.repeat(depth) + end);
    const text = fc.array(line, { maxLength: 8 }).map((lines) => `${lines.join('\n')}\n`);
    fc.assert(fc.property(text, expectSameOrNothing), { numRuns: 10_000 });
  });

  it('is read as a parser reads it, or not at all: any data as it is written', () => {
    const name = fc.oneof(fc.constantFrom('a-b', 'true', '__proto__'), fc.string({ maxLength: 5 }));
    const { map } = fc.letrec((tie) => ({
      text: fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab \n:#"\'-{1|') })),
      value: fc.oneof(
        { maxDepth: 4 },
        ...[tie('text'), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), tie('list'), tie('map')],
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    }));
    const written = map.map((data) => stringify(data, { lineWidth: 0 }));
    fc.assert(fc.property(written, expectSameOrNothing), { numRuns: 2_000 });
  });

  it('is what we write of a request, its body of several lines included', () => {
    const request = requestSchema.parse({
      method: 'POST',
      url: 'https://api.example.com/v2/things?sort=name',
      headers: [{ name: 'Accept', value: 'application/json', enabled: false }],
      body: { kind: 'json', text: '{\n  "name": "a # b",\n\n  "size": 1\n}\n' },
      auth: { kind: 'token', name: 'main' },
      timeoutMs: 5000,
      cookies: false,
      assertions: [{ expression: 'res.status', operator: 'eq', value: '201' }],
    });
    const text = writeRequestFile(null, 'x.yml', { name: 'Make a thing', seq: 12, request }, null);
    const data = readPlainYaml(text);
    expect(data).toMatchObject({ http: { body: { data: '{\n  "name": "a # b",\n\n  "size": 1\n}\n' } } });
    expect(parsed(text)).toStrictEqual({ data });
  });

  it('has comments and empty lines in it, and names a version', () => {
    const text = '# mine\nopencollection: 1.0.0\n\ninfo:\n  # theirs\n  name: Checks\n';
    expect(readPlainYaml(text)).toStrictEqual({ opencollection: '1.0.0', info: { name: 'Checks' } });
  });

  it.each([
    ['a name twice', 'a: 1\na: 2\n'],
    ['a name of another type', 'true: 1\n'],
    ['a name that JavaScript knows', '__proto__: x\n'],
    ['an alias', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['text that goes on below', 'a: one\n  two\n'],
    ['a comment behind a value', 'a: one # two\n'],
    ['a number that is written in another way', 'a: 0x10\n'],
    ['lines of spaces in a block of text', 'a: |\n   k:\n  \n    \n'],
    ['nothing', '\n'],
    [
      'a depth beyond reason',
      `${Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}`,
    ],
  ])('is left to a parser where it has %s', (_what, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('may be ten megabytes long', () => {
    const long = 'x'.repeat(10_000_000);
    expect(readPlainYaml(`a: ${long}\n`)).toStrictEqual({ a: long });
    expect(readPlainYaml(`a: |-\n  x\n${'\n'.repeat(10_000_000)}  y\n`)).toBeDefined();
  });
});
