import { MEMORY_BYTES, Spool } from '../../core/spool/spool.ts';
import { SpoolFolder } from '../../core/spool/spool-folder.ts';

/** Spools a body into a folder, says so, and waits to be killed. */
const spool = new Spool(new SpoolFolder(process.argv[2] ?? ''));
spool.append(Buffer.alloc(MEMORY_BYTES * 2));
console.log('spooled');
setInterval(() => undefined, 1000);
