import { dialog } from 'electron';
import { fileOfCollection } from '../../core/collections/collection-file.ts';
import { AppError } from '../../shared/app-error.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';
import { LiveAnswer } from './live-answer.ts';

export function requestHandlers(context: ShellContext): FeatureHandlers<'requests'> {
  const { tessera, responses, maskedAnswers, emit } = context;
  const chosen = new Set<string>();
  const sending = new Map<string, AbortController>();
  return {
    'requests.send': async ({ sendId, appId, request, sendExpired, sendCompromised, collectionId }) => {
      const controller = new AbortController();
      sending.set(sendId, controller);
      const live = new LiveAnswer(responses, (progress) =>
        emit('requests.progress', { sendId, ...progress }),
      );
      try {
        const { response, originals } = await tessera.send(appId, request, {
          sendExpired,
          sendCompromised,
          locateFile: (path) => locateFile(path, chosen, folderOf(context, appId, collectionId)),
          signal: controller.signal,
          keepsOriginals: true,
          isWatched: true,
          onHead: (head) => live.begin(head),
          onProgress: (receivedBytes) => live.arrived(receivedBytes),
        });
        const responseId = live.complete();
        if (originals !== null) maskedAnswers.keep(responseId, { appId, originals });
        return { responseId, response };
      } catch (error) {
        live.drop();
        throw error;
      } finally {
        sending.delete(sendId);
      }
    },
    'requests.chooseFile': async () => {
      const path = await askForFile(context);
      if (path === null) return null;
      chosen.add(path);
      return { path };
    },
    'requests.cancel': ({ sendId }) => sending.get(sendId)?.abort(),
  };
}

/** @throws AppError `FILE_NOT_ALLOWED` */
function locateFile(path: string, chosen: ReadonlySet<string>, folder: string | null): string {
  if (chosen.has(path)) return path;
  if (folder !== null) return fileOfCollection(folder, path);
  throw new AppError(
    'FILE_NOT_ALLOWED',
    'Choose the file by hand before it is sent: a request that was read from somewhere cannot pick one itself.',
  );
}

/** Only a folder that is on the app's list of collections. */
function folderOf({ tessera }: ShellContext, appId: string, collectionId: string | null): string | null {
  return tessera.apps.get(appId).collections.find((folder) => folder === collectionId) ?? null;
}

async function askForFile({ window }: ShellContext): Promise<string | null> {
  const parent = window();
  const options = { title: 'Choose a file to send', properties: ['openFile' as const] };
  const answer = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
