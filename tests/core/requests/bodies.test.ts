import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileOfCollection } from '../../../core/collections/collection-file.ts';
import { readRequestFile, writeRequestFile } from '../../../core/collections/request-file.ts';
import { type RequestInput, requestSchema } from '../../../shared/requests/request.ts';
import { HttpRecorder } from '../../support/http-recorder.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

let server: HttpRecorder;
let folder: string;
beforeAll(async () => {
  server = await HttpRecorder.start();
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-bodies-'));
  server.requests.length = 0;
  server.answer = (_request, response) => response.end('{"ok":true}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Body = NonNullable<RequestInput['body']>;

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What a server got of a request with this body. */
async function received(body: Body) {
  await using sender = new Sender({ app: makeApp({ baseUrl: server.url, allowedOrigins: [server.url] }) });
  await sender.send({ method: 'POST', url: '/upload', body });
  const request = server.requests.at(-1);
  if (request === undefined) throw new Error('Nothing came.');
  return request;
}

describe('a multipart body', () => {
  it('holds texts and files, as any server reads them', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const { headers, bytes: body } = await received({
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'title', value: 'Größe & "more"' },
        { kind: 'text', name: 'left out', value: 'x', enabled: false },
        { kind: 'file', name: 'photo', value: file('me.png', bytes), contentType: 'image/png' },
        { kind: 'file', name: 'empty', value: file('empty.bin', '') },
      ],
    });
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect([...form.keys()]).toEqual(['title', 'photo', 'empty']);
    expect(form.get('title')).toBe('Größe & "more"');
    const photo = form.get('photo') as File;
    expect([photo.name, photo.type]).toEqual(['me.png', 'image/png']);
    expect(Buffer.from(await photo.arrayBuffer())).toEqual(bytes);
    expect((form.get('empty') as File).size).toBe(0);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['transfer-encoding']).toBeUndefined();
  });

  it('cannot be broken out of by a name or a value', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab"\r\n;=-äé'), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, text, async (name, value) => {
        const { headers, bytes: body } = await received({
          kind: 'multipart',
          parts: [{ kind: 'text', name, value }],
        });
        const type = headers['content-type'] ?? '';
        const form = await new Response(new Uint8Array(body), {
          headers: { 'content-type': type },
        }).formData();
        expect([...form.values()]).toEqual([value]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a body that is a file', () => {
  it('is sent as it is, with the type that was given', async () => {
    const bytes = Buffer.from([0, 255, 1, 254, 10, 13]);
    const path = file('data.bin', bytes);
    const plain = await received({ kind: 'file', path });
    expect(plain.bytes).toEqual(bytes);
    expect(plain.headers['content-type']).toBe('application/octet-stream');
    const typed = await received({ kind: 'file', path, contentType: 'application/x-thing' });
    expect(typed.headers['content-type']).toBe('application/x-thing');
  });

  it('is sent again when a redirect wants it', async () => {
    server.answer = (request, response) => {
      if (request.url === '/upload') response.writeHead(307, { location: '/again' }).end();
      else response.end('ok');
    };
    const path = file('data.txt', 'x'.repeat(100_000));
    const { url, bytes: body } = await received({ kind: 'file', path });
    expect([url, body.length]).toEqual(['/again', 100_000]);
  });

  it.each([
    ['is not there', () => join(folder, 'none')],
    ['is a folder', () => folder],
  ])('that %s is said before anything is sent', async (_how, path) => {
    await using sender = new Sender({ app: makeApp({ baseUrl: server.url, allowedOrigins: [server.url] }) });
    await expect(
      sender.send({ method: 'POST', url: '/', body: { kind: 'file', path: path() } }),
    ).rejects.toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
    expect(server.requests).toHaveLength(0);
  });

  it('in which a secret of the app stands does not leave its origins, wherever it stands', async () => {
    const elsewhere = await HttpRecorder.start();
    const path = file('leak.txt', `${'x'.repeat(65_530)}${SECRET}${'x'.repeat(1000)}`);
    await using sender = new Sender({
      app: makeApp({ allowedOrigins: [server.url] }),
      tokens: [makeToken()],
    });
    const send = (url: string, auth: RequestInput['auth']) =>
      sender.send({
        method: 'POST',
        url,
        body: { kind: 'file', path },
        ...(auth === undefined ? {} : { auth }),
      });
    await expect(send(`${elsewhere.url}/`, { kind: 'none' })).rejects.toThrow(
      expect.objectContaining({ code: 'ORIGIN_NOT_ALLOWED' }),
    );
    server.answer = (_request, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/stolen` }).end();
    const { response } = await send(`${server.url}/`, { kind: 'inherit' });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld']);
    expect(response.hops[1]?.withheld).toEqual(['token', 'body']);
    expect(Buffer.concat(elsewhere.requests.map(({ bytes }) => bytes)).includes(SECRET)).toBe(false);
    elsewhere.close();
  });

  it('that becomes shorter while it is sent ends the request', async () => {
    const path = file('shrinking', 'x'.repeat(1_000_000));
    await using sender = new Sender({ app: makeApp({ baseUrl: server.url, allowedOrigins: [server.url] }) });
    const sending = sender.send(
      { method: 'POST', url: '/', body: { kind: 'file', path }, timeoutMs: 5000 },
      {
        // Asked for after the file was looked at.
        inheritedAuth: { kind: 'inherit' },
        openSecret: () => {
          truncateSync(path, 10);
          return Buffer.from(SECRET);
        },
        tokens: [makeToken()],
      },
    );
    await expect(sending).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(FILE_NOT_FOUND|NETWORK_)/) }),
    );
  });
});

describe('a GraphQL body', () => {
  it('is JSON with the query and its variables', async () => {
    const query = 'query Me($id: ID!) { user(id: $id) { name } }';
    const { headers, bytes: body } = await received({ kind: 'graphql', query, variables: '{"id": "7"}' });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body.toString())).toEqual({ query, variables: { id: '7' } });
    expect(JSON.parse((await received({ kind: 'graphql', query })).body.toString())).toEqual({ query });
  });

  it('with variables that are not JSON is refused', async () => {
    await expect(received({ kind: 'graphql', query: '{ me }', variables: '{id: 7}' })).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('a file that a collection names', () => {
  it('is one of its own folder', () => {
    const path = file('photo.png', 'x');
    expect(fileOfCollection(folder, 'photo.png')).toBe(path);
    expect(fileOfCollection(folder, './photo.png')).toBe(path);
  });

  it.each(['/etc/passwd', '../outside', 'a/../../outside', '..\\outside', 'link'])('is never %s', (path) => {
    symlinkSync('/etc/passwd', join(folder, 'link'));
    expect(() => fileOfCollection(folder, path)).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_ALLOWED' }),
    );
  });
});

describe('a saved request', () => {
  const bodies: readonly Body[] = [
    { kind: 'graphql', query: '{ me { name } }', variables: '{"a": 1}' },
    { kind: 'file', path: 'photo.png', contentType: 'image/png' },
    {
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'title', value: 'x' },
        { kind: 'file', name: 'photo', value: 'photo.png', contentType: 'image/png', enabled: false },
      ],
    },
  ];

  it.each(bodies)('keeps a body of kind $kind, in a new file and in one that was there', (body) => {
    const request = requestSchema.parse({ method: 'POST', url: 'https://api.example.com/x', body });
    const next = { name: 'one', seq: 1, request };
    const text = writeRequestFile(null, 'one.yml', next, null);
    expect(readRequestFile(text, 'one.yml')).toMatchObject({ request, unsupported: null, notices: [] });
    const plain = writeRequestFile(
      null,
      'one.yml',
      { ...next, request: requestSchema.parse({ method: 'POST', url: 'https://api.example.com/x' }) },
      null,
    );
    const changed = writeRequestFile(`# mine\n${plain}`, 'one.yml', next, null);
    expect(changed).toContain('# mine');
    expect(readRequestFile(changed, 'one.yml').request).toEqual(request);
    expect(writeRequestFile(changed, 'one.yml', next, null)).toBe(changed);
  });
});
