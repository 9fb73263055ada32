import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestSchema } from '../../shared/requests/request.ts';
import { Obtainer } from '../support/obtaining.ts';

const COOKIE = 'c00kie/of+the test';
const PASSWORD = 'the-proxy’s own';

let app: Obtainer;
beforeEach(async () => {
  app = await Obtainer.create({ baseUrl: 'https://api.example.com' });
});
afterEach(() => app[Symbol.asyncDispose]());

const cookie = (value: string) => ({
  name: 'session',
  value,
  domain: 'api.example.com',
  path: '/',
  hostOnly: true,
  secure: true,
  httpOnly: true,
  expiresAt: null,
});

test('a file that would hold a token, a cookie or the password of a proxy is told from one that holds none', async () => {
  const { tessera, appId } = app;
  tessera.tokens.add(appId, { name: 'main', scheme: 'bearer', secret: 'a-secret-of-the-test' });
  tessera.cookies.set(appId, cookie(COOKIE));
  await tessera.connections.change(appId, {
    proxy: { kind: 'own', url: 'http://proxy.example.com:8080', userName: 'ada' },
    proxyPassword: PASSWORD,
  });
  expect(tessera.secretIn(appId, 'x a-secret-of-the-test y')).toEqual({ kind: 'token', name: 'main' });
  for (const text of [COOKIE, encodeURIComponent(COOKIE), Buffer.from(COOKIE).toString('base64')]) {
    expect(tessera.secretIn(appId, `Cookie: session=${text}`)).toEqual({ kind: 'cookie', name: 'session' });
  }
  expect(tessera.secretIn(appId, PASSWORD)).toEqual({ kind: 'connection', name: null });
  expect(tessera.secretIn(appId, 'nothing of it')).toBeNull();
});

test('a request with a cookie’s value in it is not saved', () => {
  const { tessera, appId } = app;
  tessera.cookies.set(appId, cookie(COOKIE));
  const { id: collectionId } = tessera.collections.create(appId, 'Mine');
  const request = {
    method: 'GET',
    url: '/x',
    headers: [{ name: 'Cookie', value: `session=${COOKIE}` }],
  };
  const save = () =>
    tessera.saveRequest(appId, {
      collectionId,
      path: null,
      folder: '',
      name: 'x',
      request: requestSchema.parse(request),
      version: null,
    });
  expect(save).toThrow(
    expect.objectContaining({ code: 'SECRET_IN_FILE', message: expect.stringContaining('cookie "session"') }),
  );
});
