import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { CookieJar } from '../../core/cookies/cookie-jar.ts';
import { Redactor } from '../../core/redaction/redactor.ts';
import { Connections } from '../../core/requests/connections.ts';
import type { SendContext } from '../../core/requests/send-context.ts';
import { sendRequest } from '../../core/requests/send-request.ts';
import { SpoolFolder } from '../../core/spool/spool-folder.ts';
import { appProfileSchema } from '../../shared/apps/app.ts';
import { requestSchema } from '../../shared/requests/request.ts';
import { tokenMetadataSchema } from '../../shared/tokens/token.ts';
import { median } from './measure.ts';

const ROUNDS = 7;
const REQUESTS = 2_000;

/** Microseconds a request, keep-alive, 1 KB: of plain undici, and of the pipeline with a token and 200 known secrets. */
export async function measurePipeline(
  url: string,
): Promise<{ readonly undici: number; readonly pipeline: number }> {
  const agent = new Agent();
  const connections = new Connections();
  const context = sendContext(url, connections);
  const request = requestSchema.parse({
    url: '/small',
    assertions: [{ expression: 'res.status', operator: 'eq', value: '200' }],
  });
  const plain = async () => {
    const { statusCode, body } = await agent.request({
      origin: url,
      path: '/small',
      method: 'GET',
      headers: { authorization: 'Bearer a-token-of-the-benchmark' },
    });
    await body.text();
    if (statusCode !== 200) throw new Error(`Status ${statusCode}`);
  };
  const ours = async () => {
    const { response, body } = await sendRequest(request, context);
    body.close();
    if (response.assertions[0]?.passed !== true) throw new Error(`Status ${response.status}`);
  };
  const times: { undici: number[]; pipeline: number[] } = { undici: [], pipeline: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.undici.push(await perCall(plain));
    times.pipeline.push(await perCall(ours));
  }
  await Promise.all([agent.close(), connections.close()]);
  // The first rounds warm up.
  return { undici: median(times.undici.slice(2)), pipeline: median(times.pipeline.slice(2)) };
}

async function perCall(call: () => Promise<void>): Promise<number> {
  const start = performance.now();
  for (let sent = 0; sent < REQUESTS; sent += 1) await call();
  return ((performance.now() - start) / REQUESTS) * 1000;
}

function sendContext(url: string, connections: Connections): SendContext {
  const secrets = Array.from({ length: 200 }, () => Buffer.from(randomUUID()));
  const createdAt = '2026-01-01T00:00:00.000Z';
  return {
    app: {
      id: randomUUID(),
      ...appProfileSchema.parse({
        name: 'Benchmark',
        provider: null,
        baseUrl: url,
        allowedOrigins: [url],
        defaultToken: null,
        collections: [],
        createdAt,
      }),
    },
    provider: null,
    isOfOtherApp: () => false,
    tokens: [
      {
        id: randomUUID(),
        appId: '',
        ...tokenMetadataSchema.parse({ name: 'main', scheme: 'bearer', createdAt }),
      },
    ],
    openSecret: () => Buffer.from(secrets[0] ?? ''),
    redactor: new Redactor(secrets),
    renewToken: (token) => Promise.resolve(token),
    variables: [],
    inheritedAuth: { kind: 'inherit' },
    cookies: new CookieJar([]),
    connections,
    spoolFolder: new SpoolFolder(join(tmpdir(), 'tessera-bench-spool')),
    locateFile: (path) => path,
    now: () => new Date(),
    signal: new AbortController().signal,
    sendExpired: false,
  };
}

/** Megabytes a second of a 50 MB body in which none of 200 known secrets stands, in pieces of 64 KB. */
export function measureRedaction(): number {
  const redactor = new Redactor(Array.from({ length: 200 }, () => Buffer.from(randomUUID())));
  const rows: string[] = [];
  for (let length = 0; length < 50_000_000; ) {
    const row = JSON.stringify({
      id: randomUUID(),
      description: `A longer description of the thing at ${length}`,
      blob: randomBytes(60).toString('base64'),
      amount: length * 1.5,
    });
    rows.push(row);
    length += row.length + 1;
  }
  const body = Buffer.from(`[${rows.join(',')}]`);
  const rates = Array.from({ length: ROUNDS }, () => {
    const stream = redactor.stream();
    const start = performance.now();
    let written = 0;
    for (let at = 0; at < body.length; at += 65_536)
      written += stream.write(body.subarray(at, at + 65_536)).length;
    written += stream.end().length;
    if (written !== body.length) throw new Error('The body was changed.');
    return body.length / 1000 / (performance.now() - start);
  });
  return median(rates.slice(2));
}
