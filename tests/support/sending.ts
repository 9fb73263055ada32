import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextTick } from 'node:process';
import { CookieJar } from '../../core/cookies/cookie-jar.ts';
import type { Provider } from '../../core/providers/provider.ts';
import { Redactor } from '../../core/redaction/redactor.ts';
import { Connections } from '../../core/requests/connections.ts';
import type { SendContext } from '../../core/requests/send-context.ts';
import { sendRequest } from '../../core/requests/send-request.ts';
import { SpoolFolder } from '../../core/spool/spool-folder.ts';
import { type App, appProfileSchema } from '../../shared/apps/app.ts';
import { type RequestInput, requestSchema } from '../../shared/requests/request.ts';
import type { Response } from '../../shared/requests/response.ts';
import { type Token, tokenMetadataSchema } from '../../shared/tokens/token.ts';

export const SECRET = 'kY7-secret/value+of=the token';

const CREATED_AT = '2026-01-01T00:00:00Z';

export function makeApp(changes: Partial<App> = {}): App {
  const profile = appProfileSchema.parse({
    name: 'Phone',
    provider: null,
    baseUrl: null,
    allowedOrigins: [],
    defaultToken: null,
    collections: [],
    createdAt: CREATED_AT,
  });
  return { id: '0f0e3c0a-6f43-4b5e-9c1c-3f2b8d6a7c11', ...profile, ...changes };
}

export function makeToken(changes: Partial<Token> = {}): Token {
  const metadata = tokenMetadataSchema.parse({
    name: 'main',
    scheme: 'basic',
    tokenId: 'token-ABC123',
    createdAt: CREATED_AT,
  });
  return {
    id: 'b9b6b0f4-0c39-4f4c-8a39-5f9d3d5c1a22',
    appId: '0f0e3c0a-6f43-4b5e-9c1c-3f2b8d6a7c11',
    ...metadata,
    ...changes,
  };
}

/** Every host is this computer. */
export const lookupLoopback: LookupFunction = (_hostname, options, callback) => {
  const address = { address: '127.0.0.1', family: 4 };
  if (options.all) nextTick(callback, null, [address]);
  else nextTick(callback, null, address.address, address.family);
};

/** An app with what it needs to send, and its connections, which end with the block. */
export class Sender {
  readonly #context: SendContext;

  constructor(changes: Partial<Omit<SendContext, 'connections'>> & { connections?: Connections } = {}) {
    this.#context = {
      app: makeApp(),
      provider: null satisfies Provider | null,
      tokens: [],
      isOfOtherApp: () => false,
      openSecret: () => Buffer.from(SECRET),
      renewToken: (token) => Promise.resolve(token),
      redactor: new Redactor([Buffer.from(SECRET)]),
      variables: [],
      inheritedAuth: { kind: 'inherit' },
      connections: new Connections({ lookup: lookupLoopback }),
      cookies: new CookieJar([]),
      now: () => new Date('2026-06-01T12:00:00Z'),
      spoolFolder: new SpoolFolder(join(tmpdir(), 'tessera-test-spool')),
      locateFile: (path) => path,
      signal: new AbortController().signal,
      sendExpired: false,
      ...changes,
    };
  }

  /** The answer with its body in one piece. */
  async send(
    request: RequestInput,
    changes: Partial<SendContext> = {},
  ): Promise<{ readonly response: Response; readonly body: Buffer }> {
    const answer = await sendRequest(requestSchema.parse(request), { ...this.#context, ...changes });
    using body = answer.body;
    return { response: answer.response, body: Buffer.from(body.toBuffer()) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.connections.close();
  }
}
