import { parseArgs } from 'node:util';
import { AppError } from '../shared/app-error.ts';
import { describeAnnouncement } from './describe-announcement.ts';
import { startPracticeServer } from './practice-server.ts';

/** The practice API as a process of its own: `serve.js [--port N] [--json]`. */
const json = process.argv.includes('--json');
try {
  const { close, ...announcement } = await startPracticeServer(portFrom(process.argv.slice(2)));
  console.log(json ? JSON.stringify(announcement) : describeAnnouncement(announcement));
  const stop = () => void close().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  process.once('disconnect', stop);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  if (json) console.log(JSON.stringify({ error: error.toData() }));
  else console.error(`${error.code}: ${error.message}`);
  process.exitCode = 2;
}

function portFrom(args: string[]): number {
  const problem = 'A port is a whole number from 0 to 65535: --port 4010.';
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string' }, json: { type: 'boolean' } } });
    const port = values.port ?? '0';
    if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  } catch {
    // An option that is not known: the same sentence helps.
  }
  throw new AppError('INVALID_INPUT', problem, { path: 'port' });
}
