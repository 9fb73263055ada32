import { expect, test } from 'vitest';
import { LoopbackServer } from '../support/loopback-server.ts';
import { homeWithToken, tessera, tesseraJson } from '../support/run-command.ts';

/** Redirects to a port where nothing listens. */
async function serverToNowhere() {
  const gone = await LoopbackServer.start(() => undefined);
  const nowhere = gone.url;
  await gone[Symbol.asyncDispose]();
  const server = await LoopbackServer.start((_request, reply) =>
    reply.writeHead(302, { Location: `${nowhere}/there` }).end(),
  );
  return { server, nowhere };
}

test('send -v tells how far a request came that got no answer, and --json gives it with the error', async () => {
  const { server, nowhere } = await serverToNowhere();
  await using _server = server;
  using home = await homeWithToken(server.url);
  const args = ['send', '/x', '--app', 'Phone'];
  const { code, stdout, stderr } = await tessera([...args, '-v'], { home: home.path });
  expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  expect(stderr).toContain(`* 1. GET ${server.url}/x`);
  expect(stderr).toContain('< HTTP/1.1 302 Found');
  expect(stderr).toContain(`* 2. GET ${nowhere}/there`);
  expect(stderr).toContain('* stopped while connecting');
  expect(stderr).toMatch(/NETWORK_REFUSED: .*\n$/);

  const { value } = await tesseraJson(args, { home: home.path });
  expect(value).toMatchObject({
    error: {
      code: 'NETWORK_REFUSED',
      message: expect.any(String),
      details: { origin: nowhere },
      timeline: {
        hops: [{ url: `${server.url}/x`, status: 302, credential: 'sent' }],
        unanswered: { url: `${nowhere}/there`, stoppedAt: 'connect', timings: { waitMs: null } },
        attempts: [],
      },
    },
  });
});

test('without -v a failure stays one line', async () => {
  const { server } = await serverToNowhere();
  await using _server = server;
  using home = await homeWithToken(server.url);
  const { stderr } = await tessera(['send', '/x', '--app', 'Phone'], { home: home.path });
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
