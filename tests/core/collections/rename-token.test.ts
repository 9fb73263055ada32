import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../core/collections/parse-yaml.ts';
import { namesToken, renameToken } from '../../../core/collections/rename-token.ts';
import { readAuth, writeAuth } from '../../../core/collections/request-auth.ts';
import { readRequestFile } from '../../../core/collections/request-file.ts';
import { nameSchema } from '../../../shared/name.ts';

const rename = (text: string, from = 'main', to = 'first') => renameToken(text, 'a.yml', from, to);

const REQUEST = `# What everybody asks first.
info: {name:   "Ping",   type: http}
http:
    method:   GET # no body
    url: '/ping'
    headers:
    -   {name: X-Note, value: "{{vault.main}} is not a token here"}
    auth:
        type: bearer   # as the API wants it
        token: "{{vault.main}}"    # the good one


runtime: {scripts: []}
`;

describe('a token that is renamed', () => {
  it('has its new name in the file, in which not a space else is changed', () => {
    const quoted = 'token: "{{vault.main}}"';
    expect(rename(REQUEST)).toBe(REQUEST.replace(quoted, 'token: "{{vault.first}}"'));
  });

  it.each([
    ['single quotes', "token: '{{vault.main}}'", "token: '{{vault.first}}'"],
    ['another case', 'token: "{{vault.MAIN}}"', 'token: "{{vault.first}}"'],
    ['a block', 'token: |-\n      {{vault.main}}', 'token: "{{vault.first}}"'],
  ])('is found in %s', (_what, before, after) => {
    const file = (field: string) => `http:\n  url: /\n  auth:\n    type: bearer\n    ${field}\n`;
    expect(rename(file(before))).toBe(file(after));
  });

  it('is renamed in both halves of a basic token', () => {
    const file = (name: string) =>
      `http:\n  url: /\n  auth:\n    type: basic\n    username: "{{vault.${name}.id}}"\n    password: "{{vault.${name}}}"\n`;
    expect(rename(file('main'))).toBe(file('first'));
  });

  it('is renamed in what a folder and a collection pass on', () => {
    const file = (name: string) =>
      `info:\n  name: Mine\nrequest:\n  auth:\n    type: apikey\n    key: X-Key\n    value: "{{vault.${name}}}"\n`;
    expect(rename(file('main'))).toBe(file('first'));
  });

  it('is renamed once behind an anchor', () => {
    const file = (name: string) =>
      `shared: &auth\n  type: bearer\n  token: "{{vault.${name}}}"\nhttp:\n  url: /\n  auth: *auth\nrequest:\n  auth: *auth\n`;
    expect(rename(file('main'))).toBe(file('first'));
  });

  it('keeps the line ends of Windows, and a byte order mark', () => {
    const file = (name: string) =>
      `\uFEFFhttp:\r\n  url: /\r\n  auth:\r\n    type: bearer\r\n    token: "{{vault.${name}}}"\r\n`;
    expect(rename(file('main'))).toBe(file('first'));
  });

  it.each([
    ['names another token', REQUEST.replace('token: "{{vault.main}}"', 'token: "{{vault.mainly}}"')],
    [
      'holds text around the reference',
      REQUEST.replace('token: "{{vault.main}}"', 'token: "x{{vault.main}}"'),
    ],
    ['does not say how it is sent', 'http:\n  url: /\n  auth:\n    token: "{{vault.main}}"\n'],
    ['has no auth', 'http:\n  url: /{{vault.main}}\n'],
    ['is empty', ''],
  ])('is not looked for in a file that %s', (_what, text) => {
    expect(rename(text)).toBe(text);
    expect(namesToken(text, 'a.yml', 'main')).toBe(false);
  });

  it('is found again under any name that a token may have, however it is sent', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => nameSchema.safeParse(text).success)
      .map((text) => nameSchema.parse(text));
    const shape = fc.constantFrom(
      { scheme: 'bearer', field: null } as const,
      { scheme: 'basic', field: null } as const,
      { scheme: 'header', field: 'X-Key' } as const,
    );
    fc.assert(
      fc.property(name, name, shape, (from, to, how) => {
        const auth = writeAuth({ kind: 'token', name: from }, how);
        const text = `# kept\n${JSON.stringify({ http: { url: '/', auth } }, null, 2)}\n`;
        const renamed = rename(text, from, to);
        expect(readRequestFile(renamed, 'a.yml').request.auth).toEqual({ kind: 'token', name: to });
        const written = parseYaml(renamed, 'a.yml').toJS();
        expect(written).toEqual({ http: { url: '/', auth: writeAuth({ kind: 'token', name: to }, how) } });
        expect(readAuth(written.http.auth)).toEqual({ kind: 'token', name: to });
      }),
    );
  });
});
