import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '../shared/app-error.ts';
import type { PracticeAnnouncement } from '../shared/practice/practice.ts';
import { practiceApi } from './practice-api.ts';

const LOOPBACK = '127.0.0.1';

export interface PracticeServer extends PracticeAnnouncement {
  readonly close: () => Promise<void>;
}

/**
 * Starts the practice API on loopback, with tokens made anew.
 *
 * @param port 0 lets the system choose
 * @throws AppError `PRACTICE_PORT_IN_USE`, `PRACTICE_FAILED`
 */
export async function startPracticeServer(port = 0): Promise<PracticeServer> {
  const api = practiceApi();
  const server = createAdaptorServer({ fetch: api.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
  const url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  return {
    ...api.announce(url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
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
