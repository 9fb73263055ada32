import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How conf names the file that it writes before it takes the place of the old one. */
const TEMPORARY = /\.json\.tmp-\d{10}[0-9a-f]{6}$/;

/** What a process that was killed while writing has left. Call only where no other process is writing. */
export function removeTemporaryFiles(folders: readonly string[]): void {
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      if (TEMPORARY.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
}
