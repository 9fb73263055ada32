import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type Electron from 'electron';
import { environment, say } from './app/environment.ts';
import { refusing } from './unimplemented.ts';

/**
 * There are no native dialogs. Each answer is taken from the front of the JSON array in the file that
 * `TESSERA_STAND_IN_DIALOGS` names: a path for a file dialog, the number of a button for a message box.
 * Without an answer a dialog is cancelled.
 */
function nextAnswer(): unknown {
  const file = environment.dialogs;
  if (file === undefined || !existsSync(file)) return undefined;
  const [answer, ...rest] = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
  writeFileSync(file, JSON.stringify(rest));
  return answer;
}

/** Electron takes the parent window first, or leaves it out. */
function lastOf<Options>(values: readonly unknown[]): Options {
  return values.at(-1) as Options;
}

export const dialog = refusing(
  {
    async showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
      const path = nextAnswer();
      return typeof path === 'string'
        ? { canceled: false, filePaths: [path] }
        : { canceled: true, filePaths: [] };
    },
    async showSaveDialog(): Promise<Electron.SaveDialogReturnValue> {
      const path = nextAnswer();
      return typeof path === 'string'
        ? { canceled: false, filePath: path }
        : { canceled: true, filePath: '' };
    },
    async showMessageBox(...values: unknown[]): Promise<Electron.MessageBoxReturnValue> {
      const { message, cancelId } = lastOf<Electron.MessageBoxOptions>(values);
      const answer = nextAnswer();
      if (typeof answer !== 'number') say(`a question was answered with its cancel button: ${message}`);
      return { response: typeof answer === 'number' ? answer : (cancelId ?? 0), checkboxChecked: false };
    },
    showErrorBox: (title: string, content: string) => say(`${title}: ${content}`),
  } satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>,
  'electron.dialog',
);
