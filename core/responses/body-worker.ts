import { parentPort } from 'node:worker_threads';
import { AppError } from '../../shared/app-error.ts';
import type { ByteSource } from '../spool/byte-source.ts';
import { readRange, type SpoolSnapshot } from '../spool/spool.ts';
import { CHUNK_BYTES, SpoolFile } from '../spool/spool-file.ts';
import { SpoolFolder } from '../spool/spool-folder.ts';
import { BodyView } from './body-view.ts';
import type { Asked, FromWorker, ToWorker } from './worker-protocol.ts';

/** Lays out and searches bodies beside the main process, which would otherwise stand still meanwhile. */

/** A spool of the main thread, as it was when we were last told of it. */
class SpoolMirror implements ByteSource {
  #file: SpoolFile | null = null;
  #chunks = 0;
  #memory: Buffer = Buffer.alloc(0);

  get length(): number {
    return this.#chunks * CHUNK_BYTES + this.#memory.length;
  }

  update({ file, chunks, memory }: SpoolSnapshot): void {
    if (file !== null) this.#file ??= SpoolFile.reading(file);
    this.#chunks = chunks;
    this.#memory = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength);
  }

  read(start: number, end: number): Buffer {
    return readRange(this.#file, this.#chunks, this.#memory, start, Math.min(end, this.length));
  }
}

const bodies = new Map<string, { readonly mirror: SpoolMirror; readonly view: BodyView }>();

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'body':
      keep(message);
      break;
    case 'close':
      bodies.get(message.bodyId)?.view.close();
      bodies.delete(message.bodyId);
      break;
    case 'ask':
      void reply(message.askId, message.bodyId, message.asked);
  }
});

function keep({ bodyId, snapshot, facts, spoolFolder }: Extract<ToWorker, { kind: 'body' }>): void {
  const known = bodies.get(bodyId);
  const mirror = known?.mirror ?? new SpoolMirror();
  mirror.update(snapshot);
  if (known === undefined) {
    bodies.set(bodyId, { mirror, view: new BodyView(mirror, facts, new SpoolFolder(spoolFolder)) });
  } else {
    known.view.update(facts);
  }
}

async function reply(askId: number, bodyId: string, asked: Asked): Promise<void> {
  let answer: FromWorker;
  try {
    const view = bodies.get(bodyId)?.view;
    if (view === undefined) throw new AppError('RESPONSE_NOT_FOUND', 'The answer was closed.');
    answer = { askId, value: await lookUp(view, asked) };
  } catch (error) {
    answer =
      error instanceof AppError ? { askId, error: error.toData() } : { askId, unforeseen: String(error) };
  }
  parentPort?.postMessage(answer);
}

function lookUp(view: BodyView, asked: Asked): unknown {
  switch (asked.kind) {
    case 'rows':
      return view.rows(asked.layout, asked.from, asked.count);
    case 'search':
      return view.search(asked.layout, asked.search, asked.fromRow);
    case 'rowOfMatch':
      return view.rowOfMatch(asked.layout, asked.index);
    case 'rowOfLine':
      return view.rowOfLine(asked.layout, asked.line);
    case 'text':
      return view.text(asked.layoutKind, asked.mostBytes);
    case 'charset':
      return view.charset();
    case 'events':
      return view.events(asked.from, asked.count);
  }
}
