import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { makeApp, makeToken, Sender } from '../../support/sending.ts';

let server: RecordingServer;
let base: string;

beforeAll(async () => {
  server = await RecordingServer.start(() => answer('200 OK'));
  base = `http://127.0.0.1:${server.port}`;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function client() {
  return new Sender({
    app: makeApp({ baseUrl: `${base}/v2`, allowedOrigins: [base] }),
    tokens: [makeToken()],
  });
}

describe('the token', () => {
  const tokens = [makeToken({ id: 'a', name: 'first' }), makeToken({ id: 'b', name: 'Second' })];
  const used = async (request: Partial<RequestInput>, changes: object = {}) => {
    await using sender = client();
    const { response } = await sender.send({ url: `${base}/echo`, ...request }, { tokens, ...changes });
    return response.token;
  };

  test('is the one that is named, whatever its case', async () => {
    expect(await used({ auth: { kind: 'token', name: 'second' } })).toBe('Second');
  });

  test('is the one that is inherited', async () => {
    expect(await used({}, { inheritedAuth: { kind: 'token', name: 'first' } })).toBe('first');
    expect(await used({}, { inheritedAuth: { kind: 'none' } })).toBe(null);
  });

  test("is the app's default, else its only one, else none", async () => {
    const app = makeApp({ allowedOrigins: [base], defaultToken: 'first' });
    expect(await used({}, { app })).toBe('first');
    expect(await used({}, { tokens: tokens.slice(1) })).toBe('Second');
    expect(await used({})).toBe(null);
    expect(await used({ auth: { kind: 'none' } }, { app })).toBe(null);
  });

  test('that does not exist is named, with those that do', async () => {
    await expect(used({ auth: { kind: 'token', name: 'third' } })).rejects.toMatchObject({
      code: 'TOKEN_NOT_FOUND',
      message: expect.stringContaining('first, Second'),
    });
  });

  test.each([
    ['2026-06-01T11:59:59Z', 'expired at'],
    ['2026-06-01T12:00:30Z', 'expires in less than a minute'],
  ])('that ends at %s is blocked, unless sent anyway', async (expiresAt, words) => {
    const count = server.requests.length;
    const expired = { tokens: [makeToken({ expiresAt })] };
    await expect(used({}, expired)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
      message: expect.stringContaining(words),
    });
    expect(server.requests).toHaveLength(count);
    expect(await used({}, { ...expired, sendExpired: true })).toBe('main');
  });

  test('that is marked as compromised is refused, unless sent anyway', async () => {
    const count = server.requests.length;
    const compromised = { tokens: [makeToken({ compromisedAt: '2026-05-01T00:00:00Z' })] };
    await expect(used({}, compromised)).rejects.toMatchObject({
      code: 'TOKEN_COMPROMISED',
      message: expect.stringContaining('Nothing was sent'),
    });
    await expect(used({}, { ...compromised, sendExpired: true })).rejects.toMatchObject({
      code: 'TOKEN_COMPROMISED',
    });
    expect(server.requests).toHaveLength(count);
    expect(await used({}, { ...compromised, sendCompromised: true })).toBe('main');
  });

  test('that is retired stands in nobody’s way, and goes along where it is named', async () => {
    const retired = makeToken({
      id: '11111111-1111-4111-8111-111111111111',
      name: 'main (retired)',
      retiresAt: '2026-06-08T12:00:00Z',
    });
    const tokens = [makeToken({ name: 'main' }), retired];
    expect(await used({}, { tokens })).toBe('main');
    expect(await used({ auth: { kind: 'token', name: 'main (retired)' } }, { tokens })).toBe(
      'main (retired)',
    );
  });

  test('is noted as used when it goes along, and only then', async () => {
    const uses: string[] = [];
    const noteUse = ({ name }: { readonly name: string }) => void uses.push(name);
    await used({}, { tokens: [makeToken({ name: 'main' })], noteUse });
    await used({ auth: { kind: 'none' } }, { tokens: [makeToken({ name: 'main' })], noteUse });
    expect(uses).toEqual(['main']);
  });
});
