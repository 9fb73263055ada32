import { expect, test } from 'vitest';
import { LoopbackServer } from '../support/loopback-server.ts';
import { homeWithToken, tessera, tesseraJson } from '../support/run-command.ts';

/** Is busy every other time. */
function busyServer() {
  let asked = 0;
  return LoopbackServer.start((_request, response) => {
    asked += 1;
    if (asked % 2 === 1) response.writeHead(503, { 'Retry-After': '0' }).end('busy');
    else response.writeHead(200, { 'X-RateLimit-Remaining': '41' }).end('good');
  });
}

test('send tries again as often as told to, and says so', async () => {
  await using server = await busyServer();
  using home = await homeWithToken(server.url);
  const args = ['send', '/x', '--app', 'Phone', '--retry', '1'];
  const { value } = await tesseraJson(args, { home: home.path });
  expect(value).toMatchObject({
    status: 200,
    attempts: [{ status: 503, waitedMs: 0 }],
    rateLimit: { remaining: 41 },
  });
  const { stdout, stderr } = await tessera(args, { home: home.path });
  expect(stdout).toContain('good');
  expect(stderr).toContain('Tried 2 times: 503 before.');
});

test('a number of tries that is none is refused', async () => {
  using home = await homeWithToken('https://api.example.com');
  for (const retry of ['11', 'many', '1.5']) {
    const result = await tesseraJson(['send', '/x', '--app', 'Phone', '--retry', retry], { home: home.path });
    expect(result).toMatchObject({ code: 2, value: { error: { code: 'INVALID_INPUT' } } });
  }
});
