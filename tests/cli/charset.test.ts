import { expect, test } from 'vitest';
import { LoopbackServer } from '../support/loopback-server.ts';
import { homeWithToken, tessera, tesseraJson } from '../support/run-command.ts';

const serve = (contentType: string, body: Buffer) =>
  LoopbackServer.start((_request, response) => {
    response.setHeader('Content-Type', contentType);
    response.end(body);
  });

test('text in another charset is printed in UTF-8, and that is said', async () => {
  await using server = await serve('text/plain; charset=iso-8859-1', Buffer.from('Grüße', 'latin1'));
  using home = await homeWithToken(server.url);
  const args = ['send', '/', '--app', 'Phone'];
  const { stdout, stderr } = await tessera(args, { home: home.path });
  expect(stdout).toBe('Status: 200 OK\nBody: Grüße\n');
  expect(stderr).toContain('The body came in windows-1252 and is printed in UTF-8.');
});

test('bytes that are not of the charset are told of', async () => {
  await using server = await serve('text/plain', Buffer.from('Grüße', 'latin1'));
  using home = await homeWithToken(server.url);
  const { value, stderr } = await tesseraJson(['send', '/', '--app', 'Phone'], { home: home.path });
  expect(value).toMatchObject({ body: 'Gr\ufffd\ufffde' });
  expect(stderr).toContain('2 bytes of the body are not UTF-8');
});
