import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginDescriptionInput } from '../../../shared/logins/login.ts';
import { HttpRecorder, type HttpRequest } from '../../support/http-recorder.ts';
import { Obtainer } from '../../support/obtaining.ts';

const PASSWORD = 'pässword "with" & signs-51c7';
const ACCESS = 'access-token-4f0e2b';
const REFRESH = 'refresh-token-9c33d1';

/** Of no provider that Tessera knows. */
const OWN: LoginDescriptionInput = {
  signIn: {
    method: 'PUT',
    url: '/sessions/{{domain}}?client={{clientId}}',
    body: {
      kind: 'json',
      text: '{"who":{"name":"{{username}}","realm":"{{domain}}"},"pass":["{{password}}"],"keep":true,"client":"{{clientId}}"}',
    },
  },
  answer: { accessToken: 'result.tokens[0].key', refreshToken: 'result.again', expiresAt: 'result.until' },
  refresh: { url: '/again', body: { kind: 'form', fields: [{ name: 'again', value: '{{refreshToken}}' }] } },
  endSession: { method: 'DELETE', url: '/sessions', withAccessToken: true },
  sentAs: { place: 'header', name: 'X-Session' },
};

let server: HttpRecorder;
let app: Obtainer;

beforeEach(async () => {
  server = await HttpRecorder.start();
  app = await Obtainer.create({ baseUrl: server.url });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  server.close();
});

/** Answers sign-ins and refreshes with tokens that last an hour. */
function answerAs(tokens: { access: string; refresh?: string }, until?: string | number) {
  server.answer = (_request, response) =>
    response.end(
      JSON.stringify({ result: { tokens: [{ key: tokens.access }], again: tokens.refresh, until } }),
    );
}

const inAnHour = () => Math.round(app.now().getTime() / 1000) + 3600;
const requestsTo = (path: string): HttpRequest[] => server.requests.filter(({ url }) => url.startsWith(path));

describe('a login of its own shape', () => {
  it('sends what its template says, with values that cannot break out of their place', async () => {
    answerAs({ access: ACCESS }, inAnHour());
    await app.signIn(app.addLogin(OWN, PASSWORD, { username: 'me"}', domain: 'a/b c' }));
    const [request] = server.requests;
    expect(request?.method).toBe('PUT');
    expect(request?.url).toBe('/sessions/a%2Fb%20c?client=');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      who: { name: 'me"}', realm: 'a/b c' },
      pass: [PASSWORD],
      keep: true,
    });
  });

  it('sends its access token as it says', async () => {
    answerAs({ access: ACCESS }, inAnHour());
    await app.signIn(app.addLogin(OWN, PASSWORD));
    await app.send({ url: '/things' });
    expect(requestsTo('/things')[0]?.headers['x-session']).toBe(ACCESS);
    expect(requestsTo('/things')[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['seconds', (end: number) => end],
    ['milliseconds', (end: number) => end * 1000],
    ['RFC 3339', (end: number) => new Date(end * 1000).toISOString()],
  ])('reads an end in %s', async (_form, until) => {
    const end = inAnHour();
    answerAs({ access: ACCESS }, until(end));
    const { expiresAt } = await app.signIn(app.addLogin(OWN, PASSWORD));
    expect(expiresAt).toBe(new Date(end * 1000).toISOString());
  });

  it('writes the new tokens into the vault before it uses them', async () => {
    answerAs({ access: ACCESS, refresh: REFRESH }, inAnHour());
    await app.signIn(app.addLogin(OWN, PASSWORD));
    app.advance(4000);
    const seen: string[][] = [];
    server.answer = ({ url }, response) => {
      if (url === '/things') seen.push(app.secrets());
      response.end(
        JSON.stringify({
          result: { tokens: [{ key: 'the-second-access-token' }], again: 'the-second-refresh-token' },
        }),
      );
    };
    await app.send({ url: '/things' });
    expect(seen).toEqual([[PASSWORD, 'the-second-access-token', 'the-second-refresh-token', ACCESS]]);
    expect(new URLSearchParams(requestsTo('/again')[0]?.body).get('again')).toBe(REFRESH);
  });

  it('masks the old access token too, in an answer that comes after the refresh', async () => {
    answerAs({ access: ACCESS, refresh: REFRESH }, inAnHour());
    await app.signIn(app.addLogin(OWN, PASSWORD));
    const slow = Promise.withResolvers<void>();
    server.answer = ({ url }, response) => {
      if (url === '/slow') void slow.promise.then(() => response.end(`old ${ACCESS}`));
      else if (url === '/again')
        response.end(JSON.stringify({ result: { tokens: [{ key: 'the-next-one' }] } }));
      else response.end(`old ${ACCESS} new the-next-one`);
    };
    const first = app.send({ url: '/slow' });
    await expect.poll(() => requestsTo('/slow').length).toBe(1);
    app.advance(4000);
    const second = await app.send({ url: '/fast' });
    slow.resolve();
    for (const { text } of [await first, second]) {
      expect(text).toMatch(/^old /);
      expect(text).not.toContain(ACCESS);
      expect(text).not.toContain('the-next-one');
    }
  });

  it('says where it looked when there is no access token in the answer', async () => {
    server.answer = (_request, response) => response.end('{"result":{}}');
    await expect(app.signIn(app.addLogin(OWN, PASSWORD))).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('result.tokens[0].key'),
    });
  });

  it('believes a field rather than the status where it is told to', async () => {
    server.answer = (_request, response) =>
      response.end(JSON.stringify({ result: 701, error: `no ${PASSWORD} here` }));
    const token = app.addLogin(
      { ...OWN, answer: { accessToken: 'session' }, success: { path: 'result', value: '0' } },
      PASSWORD,
    );
    const failure = await app.signIn(token).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('result is 701'),
    });
    expect(String(failure)).not.toContain(PASSWORD);
  });
});

describe('a token that is kept as it is', () => {
  it.each(['renewNow', 'signOut', 'signIn'] as const)('is left alone by %s', async (verb) => {
    const { tokens, logins } = app.tessera;
    const token = tokens.add(app.appId, { name: 'kept', scheme: 'bearer', secret: 'kept-as-it-is' });
    const key = { appId: app.appId, tokenId: token.id };
    const { signal } = new AbortController();
    const calls = {
      renewNow: () => logins.renewNow(key, signal),
      signOut: () => logins.signOut(key, signal),
      signIn: () => logins.signIn(key, {}, signal),
    };
    await expect(calls[verb]()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(app.secrets('kept')).toEqual(['kept-as-it-is']);
  });
});

describe('a kept password', () => {
  it('is dropped when its owner does not want it to be kept any more', async () => {
    answerAs({ access: ACCESS }, inAnHour());
    const token = await app.signIn(app.addLogin(OWN, PASSWORD));
    const { login } = token;
    if (login === null) throw new Error('no login');
    const key = { appId: app.appId, tokenId: token.id };
    app.tessera.tokens.edit(key, { login: { ...login, keepsPassword: false } });
    expect(app.secrets()).toEqual([ACCESS]);
    expect(app.token().isRenewable).toBe(false);
  });

  it('takes the place of the one before when another one has worked', async () => {
    answerAs({ access: ACCESS }, inAnHour());
    const token = app.addLogin(OWN, 'the one before');
    await app.signIn(token, { password: PASSWORD });
    expect(app.secrets()).toEqual([PASSWORD, ACCESS]);
  });
});

describe('where a login’s secrets go', () => {
  it('is not where the app does not allow it', async () => {
    const other = await HttpRecorder.start();
    const token = app.addLogin(
      { ...OWN, signIn: { url: `${other.url}/in`, body: { kind: 'none' } } },
      PASSWORD,
    );
    await expect(app.signIn(token)).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
      message: expect.stringContaining('allowed origins'),
    });
    expect(other.requests).toEqual([]);
    other.close();
  });

  it.each([301, 302, 303, 307, 308])('is not where a redirect (%i) leads', async (status) => {
    server.answer = (_request, response) => response.writeHead(status, { Location: '/elsewhere' }).end();
    await expect(app.signIn(app.addLogin(OWN, PASSWORD))).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('redirect'),
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a field of a form that is nothing but a place without a value', () => {
  it('is left out', async () => {
    answerAs({ access: ACCESS }, inAnHour());
    const fields = [
      { name: 'user', value: '{{username}}' },
      { name: 'domain', value: '{{domain}}' },
      { name: 'pass', value: '{{password}}' },
    ];
    const signIn = { url: '/in', body: { kind: 'form', fields } } as const;
    await app.signIn(app.addLogin({ ...OWN, signIn }, PASSWORD, { username: 'me', domain: '' }));
    const sent = new URLSearchParams(requestsTo('/in')[0]?.body);
    expect([...sent]).toEqual([
      ['user', 'me'],
      ['pass', PASSWORD],
    ]);
  });
});

describe('an answer that no login gives', () => {
  it('is not read to its end', async () => {
    server.answer = (_request, response) => response.end(Buffer.alloc(1024 * 1024 + 1, 0x20));
    await expect(app.signIn(app.addLogin(OWN, PASSWORD))).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  });
});

describe('waiting for a login', () => {
  it('can be given up without ending what others wait for', async () => {
    answerAs({ access: ACCESS, refresh: REFRESH }, inAnHour());
    await app.signIn(app.addLogin(OWN, PASSWORD));
    app.advance(4000);
    const held = Promise.withResolvers<void>();
    server.answer = ({ url }, response) => {
      const body = JSON.stringify({ result: { tokens: [{ key: 'next-access-token' }] } });
      if (url === '/again') void held.promise.then(() => response.end(body));
      else response.end('here');
    };
    const cancel = new AbortController();
    const given = app.send({ url: '/given-up' }, cancel.signal);
    const kept = app.send({ url: '/kept' });
    await expect.poll(() => requestsTo('/again').length).toBe(1);
    cancel.abort();
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    held.resolve();
    expect((await kept).response.status).toBe(200);
    expect(requestsTo('/given-up')).toEqual([]);
  });

  it('ends with the sign-in that is cancelled, and nothing is kept', async () => {
    server.answer = () => undefined;
    const token = app.addLogin(OWN, PASSWORD);
    const cancel = new AbortController();
    const signIn = app.tessera.logins.signIn({ appId: app.appId, tokenId: token.id }, {}, cancel.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    cancel.abort();
    await expect(signIn).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(app.token()).toEqual(token);
  });

  it('ends when the vault is locked', async () => {
    server.answer = () => undefined;
    app.addLogin(OWN, PASSWORD);
    const sent = app.send({ url: '/things' });
    await expect.poll(() => server.requests.length).toBe(1);
    app.tessera.vault.lock();
    await expect(sent).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  });
});

describe('words of a provider', () => {
  const OTHER = 'the-secret-of-another-token-0123456789';
  /** Words that are cut in the middle of the secret. */
  const words = `${'no '.repeat(93)}${OTHER}`;

  beforeEach(() => {
    app.tessera.tokens.add(app.appId, { name: 'other', scheme: 'bearer', secret: OTHER });
    server.answer = (_request, response) =>
      response.writeHead(400).end(JSON.stringify({ message: words, [words]: 'x' }));
  });

  it('are masked before they are shortened: half of another secret would be shown', async () => {
    const failure = await app.signIn(app.addLogin(OWN, PASSWORD)).catch((error: unknown) => error);
    expect(String(failure)).toContain('no no ••••');
    expect(String(failure)).not.toContain(OTHER.slice(0, 8));
  });

  it('are masked where a login is tried out too', async () => {
    const { login } = app.addLogin(OWN, PASSWORD);
    if (login === null) throw new Error('no login');
    const { signal } = new AbortController();
    const trial = await app.tessera.logins.tryOut(app.appId, login, PASSWORD, signal);
    expect(trial.message).toContain('no no ••••');
    expect(JSON.stringify(trial)).not.toContain(OTHER.slice(0, 8));
  });
});

describe('trying a login out', () => {
  it('says which fields were found and where values stand, and keeps nothing', async () => {
    answerAs({ access: ACCESS, refresh: REFRESH }, inAnHour());
    const token = app.addLogin({ ...OWN, answer: { accessToken: 'result.token' } }, PASSWORD);
    const { login } = token;
    if (login === null) throw new Error('no login');
    const { signal } = new AbortController();
    const trial = await app.tessera.logins.tryOut(app.appId, login, PASSWORD, signal);
    expect(trial).toMatchObject({
      status: 200,
      outcome: 'refused',
      found: [],
      paths: ['result.tokens[0].key', 'result.again', 'result.until'],
    });
    expect(JSON.stringify(trial)).not.toContain(ACCESS);
    expect(app.token()).toEqual(token);
  });

  it('ends when the vault is locked: what is on its way is a password', async () => {
    const { login } = app.addLogin(OWN, PASSWORD);
    if (login === null) throw new Error('no login');
    const asked = Promise.withResolvers<void>();
    server.answer = () => asked.resolve();
    const { signal } = new AbortController();
    const trial = app.tessera.logins.tryOut(app.appId, login, PASSWORD, signal);
    await asked.promise;
    app.tessera.vault.lock();
    await expect(trial).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
  });
});
