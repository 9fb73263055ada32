import { dialog } from 'electron';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function collectionHandlers({ tessera, window, emit }: ShellContext): FeatureHandlers<'collections'> {
  const { collections } = tessera;
  const running = new Map<string, AbortController>();
  const watched = new Map<string, () => void>();

  const watch = (collectionId: string) => {
    if (watched.has(collectionId)) return;
    watched.set(
      collectionId,
      collections.watch(collectionId, () => emit('collections.changed', { collectionId })),
    );
  };
  const unwatch = (collectionId: string) => {
    watched.get(collectionId)?.();
    watched.delete(collectionId);
  };
  tessera.vault.onChange(({ state }) => {
    if (state !== 'unlocked') for (const collectionId of [...watched.keys()]) unwatch(collectionId);
  });

  return {
    'collections.list': ({ appId }) => collections.list(appId),
    'collections.create': ({ appId, name }) => collections.create(appId, name),
    'collections.open': async ({ appId }) => {
      const folder = await chooseFolder(window());
      return folder === null ? null : collections.open(appId, folder);
    },
    'collections.close': ({ appId, collectionId }) => {
      unwatch(collectionId);
      collections.close(appId, collectionId);
    },
    'collections.tree': ({ appId, collectionId }) => {
      watch(collectionId);
      return collections.tree(appId, collectionId);
    },
    'collections.read': ({ appId, collectionId, path }) => collections.read(appId, collectionId, path),
    'collections.save': ({ appId, ...saved }) => tessera.saveRequest(appId, saved),
    'collections.remove': ({ appId, collectionId, path }) => collections.remove(appId, collectionId, path),
    'collections.tokenReferences': ({ appId, name }) => tessera.tokenReferences(appId, name),
    'collections.checkRename': async ({ appId, from, name }) => {
      await tessera.checkRename(appId, from, name);
    },
    'collections.renameToken': ({ from, ...key }) => tessera.renameReferences(key, from),
    'collections.run': async ({ appId, collectionId, runId, folder, retries }) => {
      const controller = new AbortController();
      running.set(runId, controller);
      try {
        return await tessera.run(appId, collectionId, {
          subfolder: folder,
          retries,
          signal: controller.signal,
          onResult: (result, done, total) => emit('collections.runProgress', { runId, result, done, total }),
        });
      } finally {
        running.delete(runId);
      }
    },
    'collections.cancelRun': ({ runId }) => running.get(runId)?.abort(),
  };
}

async function chooseFolder(parent: Electron.BrowserWindow | null): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title: 'Open a collection', properties: ['openDirectory'] };
  const chosen = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}
