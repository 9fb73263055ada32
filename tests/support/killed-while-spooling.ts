import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that was killed while it held a spooled body. @returns its id */
export async function killedWhileSpooling(folder: string): Promise<number> {
  const program = join(import.meta.dirname, '..', 'programs', 'spool-and-wait.ts');
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return child.pid ?? -1;
}
