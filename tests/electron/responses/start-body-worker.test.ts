import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { BodyReader } from '../../../core/responses/body-reader.ts';
import { ResponseStore } from '../../../core/responses/response-store.ts';
import { SpoolFolder } from '../../../core/spool/spool-folder.ts';
import { spoolOf } from '../../support/spool-of.ts';

const BUNDLE = join(import.meta.dirname, '..', '..', '..', 'dist', 'worker');

test('the built worker is one file, and reads a page whose charset stands in it', async () => {
  expect(readdirSync(BUNDLE).sort()).toEqual(['body-worker.js', 'body-worker.js.map']);
  const script = readFileSync(join(BUNDLE, 'body-worker.js')).toString('base64');
  // As the main process starts it, which reads it from an archive.
  const start = () => new Worker(new URL(`data:text/javascript;base64,${script}`));
  const store = new ResponseStore(
    new BodyReader(start, new SpoolFolder(join(tmpdir(), 'tessera-test-spool'))),
  );
  const page = Buffer.from('<meta charset="iso-8859-1">\xfc', 'latin1');
  const id = store.add({ body: spoolOf(page), mediaType: 'text/html', charset: null, fileName: 'a.html' });
  const { rows } = await store.ask(id, 'rows', { layout: { kind: 'raw', columns: 100 }, from: 0, count: 1 });
  expect(rows[0]?.text).toContain('ü');
  store.clear();
});
