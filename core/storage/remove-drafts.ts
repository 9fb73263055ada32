import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DRAFT_NAME } from './write-whole-file.ts';

/** What a process that was killed while writing has left. Call only where no other process is writing. */
export function removeDrafts(folders: readonly string[]): void {
  for (const folder of folders) {
    for (const name of readdirSync(folder)) {
      if (DRAFT_NAME.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
}
