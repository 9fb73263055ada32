import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { clipboard, dialog } from 'electron';
import { pictureUrl } from '../../core/responses/picture.ts';
import { type ByteSource, piecesOf } from '../../core/spool/byte-source.ts';
import { systemReason } from '../../core/system-error.ts';
import { AppError } from '../../shared/app-error.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';
import { maskedHandlers } from './masked-handlers.ts';

/** More does not go through the clipboard. */
const COPIED_BYTES = 64_000_000;

export function responseHandlers(context: ShellContext): FeatureHandlers<'responses'> {
  const { responses, maskedAnswers, window } = context;
  return {
    ...maskedHandlers(context),
    'responses.rows': ({ responseId, ...ask }) => responses.ask(responseId, 'rows', ask),
    'responses.search': ({ responseId, ...ask }) => responses.ask(responseId, 'search', ask),
    'responses.rowOfMatch': ({ responseId, ...ask }) => responses.ask(responseId, 'rowOfMatch', ask),
    'responses.rowOfLine': ({ responseId, ...ask }) => responses.ask(responseId, 'rowOfLine', ask),
    'responses.events': ({ responseId, ...ask }) => responses.ask(responseId, 'events', ask),
    'responses.charset': ({ responseId }) => responses.ask(responseId, 'charset', {}),
    'responses.chooseCharset': ({ responseId, charset }) => responses.chooseCharset(responseId, charset),
    'responses.picture': ({ responseId }) => {
      const url = pictureUrl(responses.get(responseId).body);
      return url === null ? null : { url };
    },
    'responses.copy': async ({ responseId, kind }) => {
      const ask = { layoutKind: kind, mostBytes: COPIED_BYTES };
      clipboard.writeText(await responses.ask(responseId, 'text', ask));
    },
    'responses.save': async ({ responseId }) => {
      const { body, fileName } = responses.get(responseId);
      const parent = window();
      const options = { title: 'Save the answer', defaultPath: fileName };
      const chosen = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      if (chosen.canceled || chosen.filePath === '') return { path: null };
      await writeAnswer(chosen.filePath, body);
      return { path: chosen.filePath };
    },
    'responses.close': ({ responseId }) => {
      maskedAnswers.close(responseId);
      responses.close(responseId);
    },
  };
}

async function writeAnswer(path: string, body: ByteSource): Promise<void> {
  try {
    await writeFile(path, Readable.from(piecesOf(body)));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = systemReason(error);
    throw new AppError(
      'WRITE_FAILED',
      `The answer could not be written to ${path} (${reason}). Choose another place.`,
      { path },
    );
  }
}
