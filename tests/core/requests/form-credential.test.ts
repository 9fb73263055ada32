import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpRecorder } from '../../support/http-recorder.ts';
import { makeApp, makeToken, SECRET, Sender } from '../../support/sending.ts';

let server: HttpRecorder;
let client: Sender;

beforeAll(async () => {
  server = await HttpRecorder.start();
  client = new Sender({
    app: makeApp({ baseUrl: server.url, allowedOrigins: [server.url] }),
    tokens: [makeToken({ scheme: 'query', field: 'session', sentIn: 'form', tokenId: null })],
  });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  server.close();
});
beforeEach(() => {
  server.requests.length = 0;
});

const fields = (body: string) => [...new URLSearchParams(body)];

describe('a token that goes into a form field', () => {
  it('stands beside the fields of the form, and not in the URL', async () => {
    await client.send({
      url: '/stop?x=1',
      method: 'POST',
      body: { kind: 'form', fields: [{ name: 'envName', value: 'my env' }] },
    });
    const [request] = server.requests;
    expect(request?.url).toBe('/stop?x=1');
    expect(fields(request?.body ?? '')).toEqual([
      ['envName', 'my env'],
      ['session', SECRET],
    ]);
  });

  it('is the whole form of a request without a body', async () => {
    await client.send({ url: '/', method: 'POST' });
    const [request] = server.requests;
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(fields(request?.body ?? '')).toEqual([['session', SECRET]]);
  });

  it('takes the place of a field of its name', async () => {
    await client.send({
      url: '/',
      method: 'POST',
      body: { kind: 'form', fields: [{ name: 'session', value: 'typed' }] },
    });
    expect(fields(server.requests[0]?.body ?? '')).toEqual([['session', SECRET]]);
  });

  it.each([
    { method: 'GET', body: { kind: 'none' } },
    { method: 'POST', body: { kind: 'json', text: '{}' } },
  ] as const)('does not go with a $method of $body.kind: nothing is sent', async (request) => {
    await expect(client.send({ url: '/', ...request })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(server.requests).toEqual([]);
  });

  it('is withheld where a redirect has taken the body away', async () => {
    server.answer = ({ url }, response) =>
      url === '/' ? response.writeHead(303, { Location: '/next' }).end() : response.end();
    const { response } = await client.send({ url: '/', method: 'POST' });
    expect(response.hops.map(({ credential }) => credential)).toEqual(['sent', 'withheld']);
    expect(response.hops.map(({ withheld }) => withheld)).toEqual([[], ['form']]);
  });
});
