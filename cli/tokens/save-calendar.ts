import { resolve } from 'node:path';
import { explainWriteFailure } from '../../core/storage/explain-write-failure.ts';
import { writeWholeFile } from '../../core/storage/write-whole-file.ts';
import { checkWritable } from '../requests/body-file.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

export interface SaveCalendarOptions {
  readonly output: string;
  readonly app?: string;
}

export async function saveCalendar(session: Session, options: SaveCalendarOptions): Promise<undefined> {
  checkWritable(options.output, 'No calendar was made');
  const tessera = await session.unlocked();
  const appId = options.app === undefined ? null : tessera.apps.find(options.app).id;
  const { text, events } = tessera.expiryCalendar(appId);
  const path = resolve(options.output);
  explainWriteFailure(path, () => writeWholeFile(path, text, { isPrivate: true }));
  session.print(
    { path, events },
    `Wrote ${events === 1 ? 'one expiry' : `${events} expiries`} to ${printable(options.output)}.`,
  );
}
