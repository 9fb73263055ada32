import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RequestInput } from '../../../shared/requests/request.ts';
import { answer, RecordingServer } from '../../support/recording-server.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

/** As JSON may write a text, and nobody looks for it. */
const spelt = (text: string) =>
  Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

let server: RecordingServer;
let base: string;

beforeAll(async () => {
  server = await RecordingServer.start(({ path }) => {
    if (path.startsWith('/secret')) return answer(`200 ${SECRET}`, [`X-Echo: ${SECRET}`], SECRET);
    const json = path.startsWith('/spelt') ? `{"a":"${'-'.repeat(190)}${spelt(SECRET)}"}` : '{"a":[{"b":1}]}';
    return answer('200 OK', ['Content-Type: application/json'], json);
  });
  base = `http://127.0.0.1:${server.port}`;
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function send(request: RequestInput) {
  await using sender = new Sender({ app: makeApp({ allowedOrigins: [base] }), tokens: [makeToken()] });
  return await sender.send(request);
}

describe('assertions', () => {
  const check = async (expression: string, operator: string, value: string) => {
    const { response } = await send({
      url: `${base}/json`,
      assertions: [{ expression, operator, value }],
    });
    return response.assertions[0];
  };

  test.each([
    ['res.status', 'eq', '200'],
    ['res.status', 'lt', '300'],
    ['res.status', 'in', '200, 201'],
    ['res.status', 'in', '[200, 201]'],
    ['res.statusText', 'eq', 'OK'],
    ['res.responseTime', 'lt', '20000'],
    ['res.headers.content-type', 'startsWith', 'application/'],
    ['res.headers["Content-Type"]', 'eq', 'application/json'],
    ['res.headers.x-none', 'isUndefined', ''],
    ['res.body', 'eq', '{ "a": [ { "b": 1 } ] }'],
    ['res.body', 'contains', '"b":1'],
    ['res.body', 'endsWith', '}]}'],
    ['res.body.a[0].b', 'eq', '1'],
    ['res.body.a[0].b', 'neq', '2'],
    ['res.body["a"].length', 'gte', '1'],
    ['res.body.a', 'isDefined', ''],
    ['res.body.a[1]', 'isUndefined', ''],
    ['res.body.constructor', 'isUndefined', ''],
  ])('hold: %s %s %s', async (expression, operator, value) => {
    expect(await check(expression, operator, value)).toMatchObject({ passed: true });
  });

  test.each([
    ['res.status', 'eq', '201', 'expected res.status to be 201, and it was 200'],
    ['res.body.a[0].b', 'eq', '"1"', 'and it was 1'],
    ['res.body.x.y', 'eq', '1', 'and it was not there'],
    ['res.body.x', 'gt', '1', 'and it was not there'],
    ['res.body.__proto__', 'isDefined', '', 'and it was not there'],
    ['res.cookies.x', 'eq', '1', 'Not decided'],
    ['process.exit()', 'eq', '1', 'Not decided'],
    ['res.status', 'matches', '2..', 'Not decided: the operator matches'],
  ])('do not hold: %s %s %s', async (expression, operator, value, message) => {
    expect(await check(expression, operator, value)).toMatchObject({
      passed: false,
      message: expect.stringContaining(message),
    });
  });

  test('do not show a secret in their message', async () => {
    const { response } = await send({
      url: `${base}/secret`,
      assertions: [
        { expression: 'res.body', operator: 'eq', value: SECRET },
        { expression: 'res.headers.x-echo', operator: 'eq', value: 'other' },
      ],
    });
    const messages = response.assertions.map(({ message }) => message).join();
    expect(messages).not.toContain(SECRET);
    expect(messages).toContain('••••');
  });

  test('do not show the half of a secret where they shorten a value', async () => {
    const { response } = await send({
      url: `${base}/spelt`,
      assertions: [{ expression: 'res.body.a', operator: 'eq', value: 'other' }],
    });
    const [result] = response.assertions;
    expect(result?.message).toContain('--••••');
    expect(result?.message).not.toContain(SECRET.slice(0, 8));
  });

  test('that are switched off are not decided', async () => {
    const { response } = await send({
      url: `${base}/json`,
      assertions: [{ expression: 'res.status', operator: 'eq', value: '1', enabled: false }],
    });
    expect(response.assertions).toEqual([]);
  });
});
