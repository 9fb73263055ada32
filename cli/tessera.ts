#!/usr/bin/env node
import { extname, join } from 'node:path';

// Everything else is loaded after this check: an older Node would not even parse it.
const NEEDED = 24;
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    `tessera needs Node ${NEEDED} or newer; this is ${process.version} (${process.execPath}).\n`,
  );
  process.exitCode = 70;
} else {
  const { main } = await import('./main.ts');
  await main({
    // Beside this file both as source and as built, and so are the endings.
    practiceScript: join(import.meta.dirname, '..', 'practice', `serve${extname(import.meta.filename)}`),
  });
}
