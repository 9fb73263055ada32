import { basename } from 'node:path';
import { dialog } from 'electron';
import { type OpenBackup, openBackup } from '../../core/backup/open-backup.ts';
import { AppError } from '../../shared/app-error.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

const FILTERS = [{ name: 'Tessera backup', extensions: ['tessera'] }];

export function backupHandlers({ tessera, window }: ShellContext): FeatureHandlers<'backup'> {
  const { vault, backups, confirmation } = tessera;
  let chosen: string | null = null;
  let opened: OpenBackup | null = null;
  const forget = () => {
    opened?.close();
    opened = null;
  };
  vault.onChange(({ state }) => {
    if (state === 'locked') forget();
  });
  const chosenPath = () => {
    if (chosen !== null) return chosen;
    throw new AppError('BACKUP_NOT_FOUND', 'No backup was chosen. Choose one first.');
  };
  const saveAs = async (defaultPath: string, save: (path: string) => Promise<void>) => {
    confirmation.require();
    const path = await askWhereTo(window, defaultPath);
    if (path !== null) await save(path);
    return { path };
  };

  return {
    'backup.save': ({ passphrase }) =>
      saveAs(`Tessera ${new Date().toISOString().slice(0, 10)}.tessera`, (path) =>
        backups.save(path, passphrase),
      ),
    'backup.exportApp': ({ appId, passphrase }) =>
      saveAs(`${tessera.apps.get(appId).name.replace(/[^\p{L}\p{N} ._-]+/gu, '-')}.tessera`, (path) =>
        backups.exportApp(appId, path, passphrase),
      ),
    'backup.choose': async () => {
      const path = await askWhich(window);
      if (path === null) return null;
      forget();
      chosen = path;
      return { fileName: basename(path) };
    },
    'backup.preview': async ({ passphrase }) => {
      forget();
      opened = await openBackup(chosenPath(), passphrase);
      return backups.preview(opened);
    },
    'backup.restore': ({ mode }) => {
      confirmation.require();
      if (opened === null) throw new AppError('BACKUP_NOT_FOUND', 'Look at the backup first.');
      const summary = backups.restore(opened, mode);
      forget();
      return summary;
    },
    'backup.restoreAsNew': async ({ passphrase }) => {
      await tessera.restoreAsNew(chosenPath(), passphrase);
      return vault.status();
    },
    'backup.undo': () => {
      confirmation.require();
      backups.undo();
    },
  };
}

async function askWhereTo(window: ShellContext['window'], defaultPath: string): Promise<string | null> {
  const parent = window();
  const options = { title: 'Save the backup', defaultPath, filters: FILTERS };
  const answer = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}

async function askWhich(window: ShellContext['window']): Promise<string | null> {
  const parent = window();
  const options = {
    title: 'Choose a backup',
    filters: FILTERS,
    properties: ['openFile' as const],
  };
  const answer = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
