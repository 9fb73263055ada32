import { randomInt, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { AppError } from '../shared/app-error.ts';
import type { PracticeToken } from '../shared/practice/practice.ts';
import { type SipgateToken, sipgate } from './sipgate.ts';
import { startPage } from './start-page.ts';
import { tools } from './tools.ts';

const LOOPBACK = '127.0.0.1';
const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const TOKEN_ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export interface PracticeServer {
  readonly url: string;
  readonly tokens: readonly PracticeToken[];
  readonly close: () => Promise<void>;
}

/**
 * Starts the practice API on loopback, with tokens made anew.
 *
 * @param port 0 lets the system choose
 * @throws AppError `PRACTICE_PORT_IN_USE`, `PRACTICE_FAILED`
 */
export async function startPracticeServer(port = 0): Promise<PracticeServer> {
  const token: SipgateToken = { id: newTokenId(), secret: randomUUID() };
  const server = createAdaptorServer({ fetch: practiceApi(token).fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokens: [
      {
        provider: 'sipgate',
        baseUrl: `${url}/v2`,
        scheme: 'basic',
        tokenId: token.id,
        secret: token.secret,
        note: 'GET /account answers 200; a wrong token answers 401.',
      },
    ],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** The endpoints, without a socket. */
export function practiceApi(token: SipgateToken): Hono {
  const api = new Hono();
  // A page elsewhere can make a browser call loopback under a name of its own; such a name is not ours.
  api.use(async (context, next) => {
    const host = (context.req.header('host') ?? '').replace(/:\d+$/, '');
    if (!LOOPBACK_NAMES.has(host)) return context.text('The practice API answers on loopback only.', 421);
    return next();
  });
  api.get('/', (context) => context.html(startPage()));
  api.get('/health', (context) => context.json({ ok: true }));
  api.route('/v2', sipgate(token));
  api.route('/', tools());
  api.notFound((context) => context.json({ error: 'not found', path: context.req.path }, 404));
  return api;
}

function newTokenId(): string {
  const letters = Array.from({ length: 6 }, () => TOKEN_ID_LETTERS[randomInt(TOKEN_ID_LETTERS.length)]);
  return `token-${letters.join('')}`;
}

function startError(error: NodeJS.ErrnoException, port: number): AppError {
  if (error.code === 'EADDRINUSE') {
    return new AppError(
      'PRACTICE_PORT_IN_USE',
      `Port ${port} is in use. Choose another with --port, or leave it out.`,
      { port },
    );
  }
  return new AppError(
    'PRACTICE_FAILED',
    `The practice API cannot listen on port ${port} (${error.code ?? 'unknown reason'}).`,
    { port },
  );
}
