import { dialog } from 'electron';
import { explainWriteFailure } from '../../core/storage/explain-write-failure.ts';
import { writeWholeFile } from '../../core/storage/write-whole-file.ts';
import type { ShellContext } from '../shell-context.ts';

/** Asks where to. @returns the path, or `null` where the user thought better of it @throws AppError `WRITE_FAILED` */
export async function saveCalendar(window: ShellContext['window'], text: string): Promise<string | null> {
  const parent = window();
  const options = {
    title: 'Save as calendar',
    defaultPath: 'tokens.ics',
    filters: [{ name: 'Calendar', extensions: ['ics'] }],
  };
  const answer = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  const path = answer.filePath;
  if (answer.canceled || path === '') return null;
  explainWriteFailure(path, () => writeWholeFile(path, text, { isPrivate: true }));
  return path;
}
