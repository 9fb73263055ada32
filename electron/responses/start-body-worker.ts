import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Memory of the worker's JavaScript, in megabytes: bodies lie outside of it. */
const HEAP_MB = 1024;

/**
 * Starts the worker that lays out and searches bodies. Its script is read here and handed over: a thread does not
 * see into the archive that a packaged app lies in.
 */
export function startBodyWorker(): Worker {
  const script = readFileSync(join(import.meta.dirname, '..', 'worker', 'body-worker.js'));
  return new Worker(new URL(`data:text/javascript;base64,${script.toString('base64')}`), {
    name: 'bodies',
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
}
