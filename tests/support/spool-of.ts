import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spool } from '../../core/spool/spool.ts';
import { SpoolFolder } from '../../core/spool/spool-folder.ts';

/** A spool that holds these bytes, complete. */
export function spoolOf(bytes: Buffer): Spool {
  const spool = new Spool(new SpoolFolder(join(tmpdir(), 'tessera-test-spool')));
  spool.append(bytes);
  spool.end();
  return spool;
}
