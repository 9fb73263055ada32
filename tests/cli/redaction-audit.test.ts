import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, RecordingServer } from '../support/recording-server.ts';
import { TemporaryFolder, tessera } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

/** Of characters that a header's name may have, and that URLs, JSON and HTML write in other ways. */
const PLANTED = "Pl4nted'0f+the&te5ts%d41d8|x^and~more";
const COOKIE = 'c00kie-0f-the-t5sts+d41d8';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** As a server may write it, by other means than those that look for it. */
function writings(secret: string): string[] {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    secret.replace(/[&'+<>]/g, escaped),
  ];
}

/** The same in Base64, wherever it stands in the encoded text; without the ends, which hold bits of what is beside it. */
function traces(secret: string): string[] {
  const inBase64 = [[secret, 0] as const, [`:${secret}`, 2] as const, [`::${secret}`, 3] as const];
  return [...writings(secret), ...inBase64.map(([text, from]) => base64(text).slice(from, -4))];
}

const everyForm = [...writings(PLANTED), ...['', ':', '::'].map((before) => base64(before + PLANTED))].join(
  ' ',
);
const inJson = JSON.stringify({
  error: PLANTED,
  error_description: `no ${everyForm}`,
  message: everyForm,
  company: everyForm,
  name: PLANTED,
});

/** Every place in which a server can put text, each with an answer that has the secret there. */
const PLACES: Readonly<Record<string, string>> = {
  'the status text': `HTTP/1.1 200 ${everyForm}\r\nContent-Length: 2\r\n\r\nok`,
  'the name of a header': answer('200 OK', [`${PLANTED}: x`], 'ok'),
  'the value of a header': answer('200 OK', [`X-Echo: ${everyForm}`, `ETag: "${PLANTED}"`], 'ok'),
  'what is said of limits': answer('429 Slow', [`RateLimit-Policy: ${everyForm};q=1`], 'ok'),
  'the media type': answer('200 OK', [`Content-Type: text/${PLANTED}; charset=${PLANTED}`], 'ok'),
  'the encoding of the body': answer('200 OK', [`Content-Encoding: ${PLANTED}`], 'ok'),
  'a redirect that is followed': answer('302 Found', [`Location: /?x=${encodeURIComponent(PLANTED)}`], ''),
  'a redirect to another origin': answer(
    '302 Found',
    [`Location: http://localhost:1/${encodeURIComponent(PLANTED)}`],
    '',
  ),
  'a redirect to a host': answer('302 Found', [`Location: http://${encodeURIComponent(PLANTED)}.test/`], ''),
  'a redirect to nothing': answer('302 Found', [`Location: mailto:${PLANTED}`], ''),
  'the value of a cookie': answer('200 OK', [`Set-Cookie: a=${PLANTED}; Path=/${PLANTED}`], 'ok'),
  'the name of a cookie': answer('200 OK', [`Set-Cookie: ${PLANTED}=a; Path=/`], 'ok'),
  'a cookie that is echoed': answer(
    '200 OK',
    [`Set-Cookie: sid=${COOKIE}; Path=/`, `X-C: ${COOKIE}`],
    COOKIE,
  ),
  'the body': answer('200 OK', [], everyForm),
  'a packed body': answer(
    '200 OK',
    ['Content-Encoding: gzip'],
    gzipSync(`${everyForm} and more`).toString('latin1'),
  ),
  'a body that breaks off': `HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${everyForm}`,
  'an error in JSON': answer('401 No', ['Content-Type: application/json'], inJson),
  'a challenge': answer('401 No', [`WWW-Authenticate: Bearer realm="${everyForm}"`], 'no'),
  'what is behind the body': `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\nok\r\n0\r\nX-T: ${everyForm}\r\n${PLANTED}: y\r\n\r\n`,
  'an upgrade': `HTTP/1.1 101 ${PLANTED}\r\nConnection: upgrade\r\nUpgrade: ${everyForm}\r\n\r\n`,
  'an upgrade that is asked for': answer('426 Upgrade Required', [`Upgrade: ${PLANTED}`], 'no'),
  'an early hint': `HTTP/1.1 103 ${PLANTED}\r\nLink: <${everyForm}>\r\n\r\n${answer('200 OK', [], 'ok')}`,
  'something that is not HTTP': `${PLANTED} ${everyForm}\r\n\r\n`,
  'a header that is none': `HTTP/1.1 200 OK\r\n${PLANTED} ${PLANTED}\r\n\r\n`,
};
const names = Object.keys(PLACES);
const pathOf = (name: string) => `/place/${names.indexOf(name)}`;

let server: RecordingServer;
const home = new TemporaryHome();
const folder = new TemporaryFolder();
const command = (...args: string[]) => tessera(args, { home: home.path, cwd: folder.path });

function expectNoSecret(output: string): void {
  for (const secret of [PLANTED, COOKIE]) {
    for (const form of traces(secret)) {
      const at = output.indexOf(form);
      expect(at === -1 ? null : output.slice(Math.max(0, at - 60), at + form.length + 20)).toBeNull();
    }
  }
}

beforeAll(async () => {
  server = await RecordingServer.start(({ path }) => {
    const place = /^\/place\/(\d+)/.exec(path)?.[1];
    if (place !== undefined) return PLACES[names[Number(place)] ?? ''] ?? '';
    const refuses = path === '/sign-in' || path === '/token';
    const json = ['Content-Type: application/json'];
    return answer(refuses ? '400 Bad' : '200 OK', json, inJson);
  });
  const url = `http://127.0.0.1:${server.port}`;
  const { vault, apps, tokens } = await home.create();
  const { id } = apps.create({ name: 'Phone', provider: 'sipgate', baseUrl: url });
  tokens.add(id, { name: 'main', scheme: 'bearer', secret: PLANTED });
  const signIn = { url: '/sign-in', body: { kind: 'json', text: '{"p":"{{password}}"}' } } as const;
  const description = { signIn, answer: { accessToken: 'access_token' } };
  tokens.add(id, { name: 'login', scheme: 'login', secret: 'another password', login: { description } });
  const oauth = { grant: 'client-credentials', tokenEndpoint: `${url}/token`, clientId: 'client' } as const;
  tokens.add(id, { name: 'oauth', scheme: 'oauth2', secret: 'another client secret', oauth });
  vault.close();
  writeFileSync(join(folder.path, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Places\n');
  for (const [index, name] of names.entries()) {
    writeFileSync(
      join(folder.path, `${index}.yml`),
      `info:\n  name: ${name}\n  type: http\n  seq: ${index + 1}\nhttp:\n  method: GET\n  url: ${pathOf(name)}\n  auth:\n    type: bearer\n    token: "{{vault.main}}"\nruntime:\n  assertions:\n    - expression: res.body\n      operator: eq\n      value: nothing of it\n`,
    );
  }
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  home[Symbol.dispose]();
  folder[Symbol.dispose]();
});

describe('a secret that a server puts in', () => {
  test.each(names)('%s is in no output of send', async (name) => {
    const args = ['send', pathOf(name), '--app', 'Phone', '--token', 'main', '--timeout', '10'];
    for (const more of [['-v'], ['--json', '-v']]) {
      const { stdout, stderr } = await command(...args, ...more);
      expect(stdout + stderr).toContain(pathOf(name));
      expectNoSecret(stdout + stderr);
    }
  });

  test('any place is in no output of a run, and in no report', async () => {
    const reports = ['junit', 'json', 'html'].flatMap((kind) => ['--reporter', `${kind}:report.${kind}`]);
    const { stdout, stderr } = await command('run', '.', '--app', 'Phone', ...reports);
    for (const name of names) expect(stdout).toContain(name);
    expectNoSecret(stdout + stderr);
    for (const kind of ['junit', 'json', 'html']) {
      const report = readFileSync(join(folder.path, `report.${kind}`), 'utf8');
      expect(report).toContain('the status text');
      expectNoSecret(report);
    }
    expectNoSecret((await command('cookie', 'list', '--app', 'Phone')).stdout);
  });

  test('an answer to a check or to a sign-in is in no output of these', async () => {
    for (const args of [
      ['token', 'check', 'main', '--app', 'Phone'],
      ['token', 'login', 'login', '--app', 'Phone'],
      ['token', 'login', 'oauth', '--app', 'Phone'],
      ['send', '/x', '--app', 'Phone', '--token', 'login'],
      ['send', '/x', '--app', 'Phone', '--token', 'oauth'],
    ]) {
      for (const more of [[], ['--json']]) {
        const { code, stdout, stderr } = await command(...args, ...more);
        expect(code).toBe(args[1] === 'check' ? 0 : 4);
        expectNoSecret(stdout + stderr);
      }
    }
  });

  test('its certificate is in no output, whether that is refused or not', async () => {
    const file = (name: string) => join(folder.path, name);
    const quoted = PLANTED.replace("'", "\\'");
    const config = `[req]\nprompt=no\ndistinguished_name=n\n[n]\nCN=${quoted}\nO=${quoted}\n[x]\nsubjectAltName=DNS:localhost,URI:urn:${encodeURIComponent(PLANTED)}\n`;
    writeFileSync(file('own.cnf'), config);
    const made =
      'req -x509 -newkey rsa:2048 -nodes -days 2 -extensions x -config own.cnf -keyout own.key -out own.pem';
    execFileSync('openssl', made.split(' '), { cwd: folder.path, stdio: 'ignore' });
    const [key, cert] = [readFileSync(file('own.key'), 'utf8'), readFileSync(file('own.pem'), 'utf8')];
    await using secure = await RecordingServer.start(() => answer('200 OK', [], 'ok'), { key, cert });
    const url = `https://localhost:${secure.port}`;
    const send = ['send', `${url}/`, '--app', 'Phone', '--token', 'main'];
    await command('app', 'edit', 'Phone', '--allow', url);
    for (const verifies of ['yes', 'no']) {
      if (verifies === 'no') await command('app', 'connection', 'Phone', '--insecure');
      for (const more of [['-v'], ['--json', '-v']]) {
        const { stdout, stderr } = await command(...send, ...more);
        expect(stdout + stderr).toContain('••••');
        expectNoSecret(stdout + stderr);
      }
    }
  });
});
