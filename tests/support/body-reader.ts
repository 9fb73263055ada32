import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BodyReader } from '../../core/responses/body-reader.ts';
import { SpoolFolder } from '../../core/spool/spool-folder.ts';

/** Reads bodies in a worker of its own, as the window's main process does. */
export function bodyReader(searchMs?: number): BodyReader {
  const script = join(import.meta.dirname, '..', '..', 'core', 'responses', 'body-worker.ts');
  const folder = new SpoolFolder(join(tmpdir(), 'tessera-test-spool'));
  return new BodyReader(() => new Worker(script), folder, searchMs);
}
