import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WITHHELD } from '../../shared/requests/withheld.ts';
import { HttpRecorder } from '../support/http-recorder.ts';
import {
  type CommandOptions,
  homeWithToken,
  SECRET,
  TemporaryFolder,
  tessera,
  tesseraJson,
} from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

const answerSchema = z.strictObject({
  status: z.int(),
  statusText: z.string(),
  httpVersion: z.string(),
  url: z.url(),
  hops: z.array(
    z.strictObject({
      url: z.url(),
      method: z.string(),
      status: z.int(),
      credential: z.enum(['sent', 'withheld', 'none']),
      withheld: z.array(z.enum(WITHHELD)),
      cookies: z.array(z.string()),
      httpVersion: z.string(),
      timings: z.record(z.string(), z.number().nullable()),
      connection: z.strictObject({
        isReused: z.boolean(),
        peer: z.string(),
        proxy: z.null(),
        tls: z.null(),
      }),
      sent: z.array(z.tuple([z.string(), z.string()])),
      received: z.array(z.tuple([z.string(), z.string()])),
      warnings: z.array(z.string()),
    }),
  ),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string().nullable(),
  bodyBytes: z.int(),
  truncated: z.boolean(),
  redactions: z.int(),
  timings: z.strictObject({ waitMs: z.number(), downloadMs: z.number(), totalMs: z.number() }),
  attempts: z.array(
    z.strictObject({ status: z.int().nullable(), code: z.string().nullable(), waitedMs: z.int() }),
  ),
  rateLimit: z.record(z.string(), z.union([z.int(), z.string()]).nullable()).nullable(),
});

let server: HttpRecorder;
let home: TemporaryHome;
const folder = new TemporaryFolder();

const send = (args: readonly string[], options: CommandOptions = {}) =>
  tessera(['send', ...args, '--app', 'Phone'], { home: home.path, cwd: folder.path, ...options });
const last = () => server.requests.at(-1);

beforeAll(async () => {
  server = await HttpRecorder.start();
  home = await homeWithToken(`${server.url}/v2`);
  const { vault, apps, tokens } = await home.unlock();
  const other = apps.create({ name: 'Other', baseUrl: server.url });
  tokens.add(other.id, { name: 'theirs', scheme: 'bearer', secret: SECRET });
  vault.close();
});
beforeEach(() => {
  server.answer = (_request, response) => response.end('{"ok":true}');
});
afterAll(() => {
  server.close();
  home[Symbol.dispose]();
  folder[Symbol.dispose]();
});

describe('send', () => {
  it('prints status and body, and sends the app’s only token', async () => {
    expect(await send(['/account'])).toEqual({
      code: 0,
      stdout: 'Status: 200 OK\nBody: {"ok":true}\n',
      stderr: '',
    });
    expect(last()).toMatchObject({ method: 'GET', url: '/v2/account' });
    expect(last()?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('prints one JSON value of the promised shape', async () => {
    const args = ['send', 'GET', '/account', '--app', 'Phone'];
    const { code, value } = await tesseraJson(args, { home: home.path });
    expect(code).toBe(0);
    expect(answerSchema.parse(value)).toMatchObject({
      status: 200,
      url: `${server.url}/v2/account`,
      hops: [{ credential: 'sent', status: 200 }],
      body: '{"ok":true}',
      bodyBytes: 11,
      truncated: false,
    });
  });

  it('sends headers, and takes what follows them for what it is', async () => {
    await send(['-H', 'X-One: 1', '--header', 'X-Two:2', 'PUT', '/x']);
    expect(last()).toMatchObject({ method: 'PUT', url: '/v2/x', headers: { 'x-one': '1', 'x-two': '2' } });
  });

  it('makes a POST of a body, as JSON where it is', async () => {
    await send(['/x', '-d', '{"id": {{id}}}', '--var', 'id=4=2']);
    expect(last()).toMatchObject({ method: 'POST', body: '{"id": 4=2}' });
    expect(last()?.headers['content-type']).toBe('application/json');
    await send(['/{{where}}', '-d', 'hello', '--var', 'where=there']);
    expect(last()).toMatchObject({ url: '/v2/there', body: 'hello' });
    expect(last()?.headers['content-type']).toMatch(/^text\/plain/);
  });

  it('reads a body from a file and from standard input', async () => {
    writeFileSync(join(folder.path, 'body.json'), '["file"]');
    await send(['/x', '-d', '@body.json']);
    expect(last()?.body).toBe('["file"]');
    await send(['PATCH', '/x', '-d', '@-'], { input: '["input"]' });
    expect(last()).toMatchObject({ method: 'PATCH', body: '["input"]' });
  });

  it('masks known secrets in what comes back', async () => {
    server.answer = (_request, response) => response.end(`you said ${SECRET}`);
    // That the secret is not in the output, the helper checks.
    const { stdout } = await send(['/x']);
    expect(stdout).toMatch(/^Status: 200 OK\nBody: you said (?!S3cret)/);
  });

  it('hands a body on to a pipe byte for byte', async () => {
    server.answer = (_request, response) => response.end('a\tb\x1b[31m\r\n\u{1f511}\n');
    const { stdout } = await send(['/x']);
    expect(stdout).toBe('Status: 200 OK\nBody: a\tb\x1b[31m\r\n\u{1f511}\n');
  });

  it('writes any bytes to a file, and says so', async () => {
    const bytes = Buffer.from([0, 255, 1, 254, 10, 13]);
    server.answer = (_request, response) => response.end(bytes);
    const { stdout } = await send(['/x', '-o', 'out.bin']);
    expect(stdout).toBe('Status: 200 OK\nBody: written to out.bin (6 bytes, secrets masked)\n');
    expect(readFileSync(join(folder.path, 'out.bin'))).toEqual(bytes);
  });

  it('sends nothing where the file could not be written', async () => {
    mkdirSync(join(folder.path, 'a-folder'));
    const before = server.requests.length;
    for (const path of ['missing/out', 'a-folder']) {
      const { code, stderr } = await send(['/x', '-o', path]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^WRITE_FAILED: .*Nothing was sent/);
    }
    expect(server.requests).toHaveLength(before);
  });

  it('exits with 1 for 400 and more, with --fail only', async () => {
    server.answer = (_request, response) => response.writeHead(404).end();
    expect(await send(['/x'])).toMatchObject({ code: 0, stdout: 'Status: 404 Not Found\nBody:\n' });
    expect(await send(['/x', '--fail'])).toMatchObject({ code: 1 });
  });

  it('follows as many redirects as it may', async () => {
    server.answer = (_request, response) => response.writeHead(302, { location: '/v2/again' }).end();
    const shown = await send(['/x', '--max-redirects', '0']);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Status: 302 Found/) });
    const stopped = await send(['/x', '--max-redirects', '2']);
    expect(stopped).toMatchObject({ code: 5, stdout: expect.stringMatching(/^Status: 302/) });
    expect(stopped.stderr).toMatch(/TOO_MANY_REDIRECTS: Stopped after 2/);
  });

  it('sends no token with --no-token, wherever that goes', async () => {
    await send([`${server.url.replace('127.0.0.1', 'localhost')}/x`, '--no-token']);
    expect(last()?.headers.authorization).toBeUndefined();
  });
});

describe('send says no', () => {
  it.each([
    ['a URL first', ['/x', 'GET'], 'INVALID_INPUT', /method comes first/],
    ['an empty URL', [''], 'INVALID_INPUT', /URL or path is needed/],
    ['a URL of another kind', ['ftp://a.example'], 'INVALID_INPUT', /starts with https/],
    ['a header without a colon', ['/x', '-H', 'nonsense'], 'INVALID_INPUT', /'name: value'/],
    ['a header with a line break', ['/x', '-H', 'X-A: a\r\nX-B: b'], 'INVALID_INPUT', /./],
    ['a variable without =', ['/x', '--var', 'nonsense'], 'INVALID_INPUT', /name=value/],
    ['an unknown variable', ['/{{nobody}}'], 'VARIABLE_NOT_FOUND', /nobody/],
    ['a file that is not there', ['/x', '-d', '@none'], 'FILE_NOT_FOUND', /none cannot be read \(ENOENT\)/],
    ['a timeout that is none', ['/x', '--timeout', 'long'], 'INVALID_INPUT', /--timeout takes a number/],
    ['too many redirects', ['/x', '--max-redirects', '101'], 'INVALID_INPUT', /at most 100/],
    ['an unknown token', ['/x', '--token', 'none'], 'TOKEN_NOT_FOUND', /no token/],
  ])('with 2 to %s', async (_what, args, errorCode, sentence) => {
    const before = server.requests.length;
    const { code, stdout, stderr } = await send(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(`^${errorCode}: `));
    expect(stderr).toMatch(sentence);
    expect(server.requests).toHaveLength(before);
  });

  it('with 4 to another app’s token', async () => {
    const { code, stderr } = await send(['/x', '--token', 'theirs']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
  });

  it('with 4 to an expired token, unless told to send it', async () => {
    using mine = await homeWithToken(server.url);
    const { vault, apps, tokens } = await mine.unlock();
    const { id } = apps.find('Phone');
    tokens.add(id, { name: 'old', scheme: 'bearer', secret: SECRET, expiresAt: '2020-01-31T12:00:00Z' });
    vault.close();
    const blocked = await send(['/x', '--token', 'old'], { home: mine.path });
    expect(blocked.code).toBe(4);
    expect(blocked.stderr).toMatch(/^TOKEN_EXPIRED: .*2020-01-31/);
    const sent = await send(['/x', '--token', 'old', '--send-expired'], { home: mine.path });
    expect(sent.code).toBe(0);
    const unclear = await send(['/x'], { home: mine.path });
    expect(unclear.stderr).toMatch(/Note: Phone has 2 tokens, and none was sent/);
  });
});

describe('a network that fails', () => {
  it('exits with 5 where nothing listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    const address = await new Promise<unknown>((resolve) =>
      closed.once('listening', () => resolve(closed.address())),
    );
    const { port } = z.object({ port: z.int() }).parse(address);
    await new Promise((resolve) => closed.close(resolve));
    const { code, stdout, stderr } = await send([`http://127.0.0.1:${port}/x`, '--no-token']);
    expect([code, stdout]).toEqual([5, '']);
    expect(stderr).toMatch(/^NETWORK_REFUSED: /);
  });

  it('exits with 5 after the time that was allowed', async () => {
    server.answer = () => undefined;
    const { code, stderr } = await send(['/x', '--timeout', '0.2']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^NETWORK_TIMEOUT: .*200 ms/);
  });

  it('prints what came of a body that breaks off, and exits with 5', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half of it', () => response.destroy());
    };
    const { code, stdout, stderr } = await send(['/x']);
    expect([code, stdout]).toEqual([5, 'Status: 200 OK\nBody: half of it\n']);
    expect(stderr).toMatch(/^NETWORK_RESET: /);
    const { value } = await tesseraJson(['send', '/x', '--app', 'Phone'], { home: home.path });
    expect(answerSchema.parse(value)).toMatchObject({ truncated: true, body: 'half of it' });
  });

  it.skipIf(process.platform === 'win32')('is given up on Ctrl+C with 130', async () => {
    let interrupt = () => {};
    server.answer = () => interrupt();
    const { code, stdout, stderr } = await send(['/x'], {
      onStart: (child) => {
        interrupt = () => child.kill('SIGINT');
      },
    });
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/^CANCELLED: /);
  });
});

describe('a stream', () => {
  /** Sends the second piece when the first one has been printed. */
  const inTwo = (contentType: string, first: string, second: string) => {
    const printed = Promise.withResolvers<void>();
    server.answer = async (_request, response) => {
      response.writeHead(200, { 'content-type': contentType });
      response.write(first);
      await printed.promise;
      response.end(second);
    };
    return (child: ChildProcess) => {
      let text = '';
      child.stdout?.on('data', (piece: Buffer) => {
        text += piece.toString();
        if (text.includes(first.trim())) printed.resolve();
      });
    };
  };

  it('of events is printed while it comes', async () => {
    const onStart = inTwo('text/event-stream', 'data: 1\n\n', `data: ${SECRET}\n\n`);
    const { code, stdout } = await send(['/x'], { onStart });
    expect(code).toBe(0);
    expect(stdout).toBe('Status: 200 OK\nBody: data: 1\n\ndata: ••••\n\n');
  });

  it('of anything is with --stream', async () => {
    const onStart = inTwo('application/json', '{"a":1}', '{"a":2}');
    const { stdout } = await send(['/x', '--stream'], { onStart });
    expect(stdout).toBe('Status: 200 OK\nBody: {"a":1}{"a":2}\n');
  });

  it('without end keeps what came at Ctrl+C', async () => {
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    };
    const { code, stdout, stderr } = await send(['/x'], {
      onStart: (child) =>
        child.stdout?.on('data', (piece: Buffer) => {
          if (piece.includes('data: 1')) child.kill('SIGINT');
        }),
    });
    expect([code, stdout]).toEqual([130, 'Status: 200 OK\nBody: data: 1\n\n']);
    expect(stderr).toMatch(/^CANCELLED: .*9 bytes came/);
  });

  it('does not go into one JSON value', async () => {
    const { code, stdout } = await send(['/x', '--stream', '--json']);
    expect(code).toBe(2);
    expect(stdout).toContain('--stream');
  });
});
