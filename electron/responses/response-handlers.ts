import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { clipboard, dialog } from 'electron';
import { type ByteSource, piecesOf } from '../../core/spool/byte-source.ts';
import { AppError } from '../../shared/app-error.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function responseHandlers({ responses, window }: ShellContext): FeatureHandlers<'responses'> {
  return {
    'responses.text': ({ responseId, formatted, offset, length }) => {
      const text = responses.text(responseId, formatted);
      return { text: text.slice(offset, offset + length), characters: text.length };
    },
    'responses.copy': ({ responseId, formatted }) =>
      clipboard.writeText(responses.text(responseId, formatted)),
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
    'responses.close': ({ responseId }) => responses.close(responseId),
  };
}

async function writeAnswer(path: string, body: ByteSource): Promise<void> {
  try {
    await writeFile(path, Readable.from(piecesOf(body)));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new AppError(
      'WRITE_FAILED',
      `The answer could not be written to ${path} (${reason}). Choose another place.`,
      { path },
    );
  }
}
