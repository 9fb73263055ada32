import { describe, expect, test } from 'vitest';
import { CookieJar } from '../../../core/cookies/cookie-jar.ts';
import { Redactor } from '../../../core/redaction/redactor.ts';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { answer, RecordingServer, type Reply } from '../../support/recording-server.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

const SESSION = 'session-value-0123456789';

/** The Cookie header that each request came with; `undefined`: none. */
const cookiesAt = ({ requests }: RecordingServer) =>
  requests.map(({ head }) => head.match(/(?<=^cookie: *)\S.*$/gim)?.join(' and '));

const setsCookie =
  (line: string, body = ''): Reply =>
  () =>
    answer('200 OK', [`Set-Cookie: ${line}`], body);

/** Sends one request after the other to allowed origins, with one jar. */
async function send(origins: readonly string[], requests: readonly RequestInput[], jar = new CookieJar([])) {
  await using sender = new Sender({
    app: makeApp({ allowedOrigins: [...origins] }),
    cookies: jar,
    redactor: new Redactor([]),
  });
  const answers = [];
  for (const request of requests) answers.push(await sender.send(request));
  return { jar, answers };
}

describe('a cookie', () => {
  test('that an answer sets goes along with the next request', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}; Path=/; HttpOnly`));
    const origin = `http://api.test:${server.port}`;
    const { answers } = await send([origin], [{ url: origin }, { url: `${origin}/next` }]);
    expect(cookiesAt(server)).toEqual([undefined, `session=${SESSION}`]);
    expect(answers[1]?.response.hops).toMatchObject([{ credential: 'sent', cookies: ['session'] }]);
  });

  test('does not go to another port of its host, which is not allowed, and the hop says so', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}`));
    await using other = await RecordingServer.start(() => answer('200 OK'));
    const origin = `http://api.test:${server.port}`;
    const { answers } = await send([origin], [{ url: origin }, { url: `http://api.test:${other.port}` }]);
    expect(cookiesAt(other)).toEqual([undefined]);
    expect(answers[1]?.response.hops).toMatchObject([
      { credential: 'withheld', withheld: ['cookies'], cookies: [] },
    ]);
  });

  test('does not follow a redirect to another port, another host or a sub-domain', async () => {
    await using other = await RecordingServer.start(() => answer('200 OK'));
    for (const host of ['api.test', 'www.api.test', 'other.test']) {
      await using server = await RecordingServer.start(({ path }) =>
        path === '/go'
          ? answer('302 Found', [`Location: http://${host}:${other.port}/`])
          : answer('200 OK', [`Set-Cookie: session=${SESSION}; Domain=api.test`]),
      );
      const origin = `http://api.test:${server.port}`;
      await send([origin], [{ url: origin }, { url: `${origin}/go` }]);
      expect(cookiesAt(server)).toEqual([undefined, `session=${SESSION}`]);
    }
    expect(cookiesAt(other)).toEqual([undefined, undefined, undefined]);
  });

  test('that a redirect sets goes along with the hop after it', async () => {
    await using server = await RecordingServer.start(({ path }) =>
      path === '/login'
        ? answer('302 Found', ['Location: /home', `Set-Cookie: session=${SESSION}; Path=/`])
        : answer('200 OK', [], `you are ${SESSION}`),
    );
    const origin = `http://api.test:${server.port}`;
    const { answers } = await send([origin], [{ url: `${origin}/login` }]);
    expect(cookiesAt(server)).toEqual([undefined, `session=${SESSION}`]);
    expect(answers[0]?.body.toString()).toBe('you are ••••');
  });

  test('of an origin that is not allowed is not kept', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}`));
    const origin = `http://api.test:${server.port}`;
    const { jar } = await send([], [{ url: origin }]);
    expect(jar.cookies).toEqual([]);
    expect(cookiesAt(server)).toEqual([undefined]);
  });

  test('of another path, of a whole public suffix, and one that has expired do not go along', async () => {
    const lines = [
      'a=1; Path=/other',
      'b=2; Domain=test',
      'c=3; Max-Age=0',
      'd=4; Domain=com',
      '__Host-e=5',
      'f=6',
    ];
    await using server = await RecordingServer.start(() =>
      answer(
        '200 OK',
        lines.map((line) => `Set-Cookie: ${line}`),
      ),
    );
    const origin = `http://api.test:${server.port}`;
    await send([origin], [{ url: origin }, { url: origin }]);
    expect(cookiesAt(server)).toEqual([undefined, 'f=6']);
  });

  test('is not sent and not kept by a request that is to do without', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}`));
    const origin = `http://api.test:${server.port}`;
    const { jar } = await send([origin], [{ url: origin, cookies: false }]);
    expect(jar.cookies).toEqual([]);
    await send([origin], [{ url: origin }, { url: origin, cookies: false }], jar);
    expect(cookiesAt(server)).toEqual([undefined, undefined, undefined]);
  });

  test('steps back for a Cookie header that was typed', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}`));
    const origin = `http://api.test:${server.port}`;
    const typed = (name: string) => ({ url: origin, headers: [{ name, value: 'mine=1' }] });
    await send([origin], [{ url: origin }, typed('cookie'), typed('COOKIE')]);
    expect(cookiesAt(server)).toEqual([undefined, 'mine=1', 'mine=1']);
  });

  test('goes along beside a token', async () => {
    await using server = await RecordingServer.start(setsCookie(`session=${SESSION}`));
    const origin = `http://api.test:${server.port}`;
    await using sender = new Sender({
      app: makeApp({ allowedOrigins: [origin] }),
      tokens: [makeToken({ scheme: 'bearer' })],
    });
    await sender.send({ url: origin });
    await sender.send({ url: origin });
    expect(cookiesAt(server)).toEqual([undefined, `session=${SESSION}`]);
    expect(server.requests[1]?.head).toContain(`Bearer ${SECRET}`);
  });
});

describe('the value of a cookie', () => {
  test('is masked in the header that sets it, however short, and in the body of the same answer', async () => {
    await using server = await RecordingServer.start(() =>
      answer(
        '200 OK',
        [`Set-Cookie: session=${SESSION}; Path=/`, 'Set-Cookie: s=1', `X-Echo: ${SESSION}`],
        `<${SESSION}> 1`,
      ),
    );
    const origin = `http://api.test:${server.port}`;
    const { answers } = await send([origin], [{ url: origin }]);
    expect(answers[0]?.body.toString()).toBe('<••••> 1');
    expect(answers[0]?.response.headers.slice(0, 3)).toEqual([
      ['Set-Cookie', 'session=••••; Path=/'],
      ['Set-Cookie', 's=••••'],
      ['X-Echo', '••••'],
    ]);
    expect(answers[0]?.response.redactions).toBe(4);
    expect(JSON.stringify(answers)).not.toContain(SESSION);
  });

  test('is masked in later answers, in every encoding', async () => {
    const encoded = Buffer.from(SESSION).toString('base64');
    await using server = await RecordingServer.start(({ path }) =>
      path === '/echo'
        ? answer('200 OK', [], `a ${encoded} b`)
        : answer('200 OK', [`Set-Cookie: session=${SESSION}`]),
    );
    const origin = `http://api.test:${server.port}`;
    const { answers } = await send([origin], [{ url: origin }, { url: `${origin}/echo` }]);
    expect(answers[1]?.body.toString()).toBe('a •••• b');
  });
});

test('a value of seven characters is none that would be masked where it is echoed', async () => {
  await using server = await RecordingServer.start(setsCookie('lang=english', 'in english'));
  const origin = `http://api.test:${server.port}`;
  const { answers } = await send([origin], [{ url: origin }]);
  expect(answers[0]?.body.toString()).toBe('in english');
});

describe('a jar', () => {
  const url = new URL('https://shop.example.co.uk/');
  const stored = async (...lines: readonly string[]) => {
    const jar = new CookieJar([]);
    await jar.store(url, lines);
    return jar;
  };

  test('keeps what a cookie is for', async () => {
    const { cookies } = await stored(
      'wide=1; Domain=example.co.uk; Secure; HttpOnly; SameSite=Lax',
      'narrow=1',
    );
    expect(cookies).toMatchObject([
      {
        name: 'wide',
        domain: 'example.co.uk',
        hostOnly: false,
        secure: true,
        httpOnly: true,
        sameSite: 'lax',
      },
      { name: 'narrow', hostOnly: true, secure: false, httpOnly: false, sameSite: null },
    ]);
  });

  test('takes none for a whole public suffix, and none that is too long', async () => {
    const { cookies } = await stored('a=1; Domain=co.uk', `b=${'x'.repeat(4095)}`, 'c=3');
    expect(cookies.map(({ name }) => name)).toEqual(['c']);
  });

  test('keeps one that lasts for ten thousand years as one without an end', async () => {
    const { cookies } = await stored(`a=1; Max-Age=${400_000_000_000}`);
    expect(cookies).toMatchObject([{ name: 'a', expiresAt: null }]);
  });

  test('has none whose time is over', async () => {
    const [cookie] = (await stored('a=1')).cookies;
    if (cookie === undefined) throw new Error('It was not kept.');
    const jar = new CookieJar([{ ...cookie, expiresAt: '2020-01-01T00:00:00.000Z' }]);
    expect(jar.cookies).toEqual([]);
    expect(await jar.headerFor(url)).toBeNull();
  });

  test('sends what has taken the place of what it had', async () => {
    const jar = await stored('a=1');
    const [cookie] = jar.cookies;
    expect((await jar.headerFor(url))?.value).toBe('a=1');
    jar.replace(cookie === undefined ? [] : [{ ...cookie, value: '2' }]);
    expect((await jar.headerFor(url))?.value).toBe('a=2');
  });
});

test('a sliding expiry is no change, and a moved one is', async () => {
  const url = new URL('https://api.example.com/');
  const jar = new CookieJar([]);
  await jar.store(url, ['session=a; Max-Age=3600']);
  const [first] = jar.cookies;
  await jar.store(url, ['session=a; Max-Age=3610']);
  expect(jar.cookies).toEqual([first]);
  await jar.store(url, ['session=b; Max-Age=3620']);
  expect(jar.cookies[0]?.expiresAt).not.toBe(first?.expiresAt);
  await jar.store(url, ['session=a; Max-Age=7200']);
  expect(jar.cookies[0]?.expiresAt).not.toBe(first?.expiresAt);
});

test('a jar keeps its 300 latest cookies', async () => {
  const url = new URL('https://api.example.com/');
  const jar = new CookieJar([]);
  await jar.store(
    url,
    Array.from({ length: 320 }, (_, index) => `c${index}=v`),
  );
  expect(jar.cookies).toHaveLength(300);
  expect(jar.cookies.map(({ name }) => name)).toContain('c319');
});
