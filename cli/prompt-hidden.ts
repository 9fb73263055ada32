import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../shared/app-error.ts';

/**
 * Asks on the terminal without showing what is typed.
 *
 * @throws AppError `CANCELLED` on Ctrl+C, Ctrl+D or a terminal that goes away
 */
export async function promptHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Only now that the terminal echoes no more: an answer may come at once.
  process.stderr.write(question);
  // Without this the question would stay open for ever: readline closes and answers nothing.
  const closed = new Promise<never>((_resolve, reject) => {
    terminal.once('close', () => reject(new AppError('CANCELLED', 'Nothing was typed. Nothing was done.')));
  });
  try {
    return await Promise.race([terminal.question(''), closed]);
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
