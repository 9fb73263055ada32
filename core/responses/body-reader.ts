import type { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/app-error.ts';
import type { Spool } from '../spool/spool.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import type { BodyFacts } from './body-view.ts';
import type { Asked, BodyQuestion, BodyQuestions, FromWorker, ToWorker } from './worker-protocol.ts';

/** An expression that takes longer has gone astray; the worker is stopped. */
const SEARCH_MS = 10_000;

/** A body that can be asked about, as long as it is kept. */
export interface ReadableBody {
  readonly id: string;
  readonly spool: Spool;
  readonly facts: () => BodyFacts;
}

interface Pending {
  readonly body: ReadableBody;
  readonly asked: Asked;
  readonly answer: PromiseWithResolvers<unknown>;
  readonly timer: NodeJS.Timeout | null;
}

/** The main thread's side of the worker. It is started when first asked, and anew where it had to be stopped. */
export class BodyReader {
  readonly #startWorker: () => Worker;
  readonly #folder: SpoolFolder;
  readonly #searchMs: number;
  readonly #pending = new Map<number, Pending>();
  /** What the worker was told of each body: its length then, whether it was complete, and its chosen charset. */
  readonly #told = new Map<string, string>();
  #worker: Worker | null = null;
  #nextId = 0;

  /** @param searchMs longest search by an expression */
  constructor(startWorker: () => Worker, folder: SpoolFolder, searchMs = SEARCH_MS) {
    this.#startWorker = startWorker;
    this.#folder = folder;
    this.#searchMs = searchMs;
  }

  /** @throws AppError `RESPONSE_NOT_FOUND`, `INVALID_INPUT`, `BODY_TOO_LARGE`, `WRITE_FAILED` */
  ask<Kind extends BodyQuestion>(
    body: ReadableBody,
    kind: Kind,
    ask: BodyQuestions[Kind]['ask'],
  ): Promise<BodyQuestions[Kind]['answer']> {
    const asked = { kind, ...ask } as unknown as Asked;
    const answer = Promise.withResolvers<unknown>();
    this.#post(body, asked, answer);
    return answer.promise as Promise<BodyQuestions[Kind]['answer']>;
  }

  close(bodyId: string): void {
    for (const [askId, { body }] of this.#pending) if (body.id === bodyId) this.#reject(askId, closed());
    if (this.#told.delete(bodyId)) this.#send({ kind: 'close', bodyId });
  }

  /** Ends the worker; a later question starts another. */
  stop(): void {
    for (const askId of this.#pending.keys()) this.#reject(askId, closed());
    this.#drop();
  }

  #post(body: ReadableBody, asked: Asked, answer: PromiseWithResolvers<unknown>): void {
    this.#tell(body);
    const askId = this.#nextId;
    this.#nextId += 1;
    const timer =
      asked.kind === 'search' && asked.search?.isRegex === true
        ? setTimeout(() => this.#giveUp(askId), this.#searchMs)
        : null;
    this.#pending.set(askId, { body, asked, answer, timer });
    this.#send({ kind: 'ask', askId, bodyId: body.id, asked });
  }

  /** What the worker does not know of the body yet. */
  #tell({ id, spool, facts: getFacts }: ReadableBody): void {
    const facts = getFacts();
    const state = `${spool.length} ${facts.isComplete} ${facts.chosenCharset}`;
    if (this.#told.get(id) === state) return;
    this.#told.set(id, state);
    const snapshot = spool.snapshot();
    this.#send({ kind: 'body', bodyId: id, snapshot, facts, spoolFolder: this.#folder.path });
  }

  #send(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = this.#startWorker();
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#settle(message));
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      for (const askId of this.#pending.keys()) this.#reject(askId, error);
      this.#drop();
    });
    return worker;
  }

  #settle({ askId, value, error, unforeseen }: FromWorker): void {
    if (error !== undefined) this.#reject(askId, AppError.from(error));
    else if (unforeseen !== undefined) this.#reject(askId, new Error(unforeseen));
    else this.#take(askId)?.answer.resolve(value);
  }

  /** Stops the worker, and asks the others again. */
  #giveUp(askId: number): void {
    const slow = new AppError(
      'INVALID_INPUT',
      'The expression takes too long. Make it simpler: nested repetitions are slow.',
      { path: 'search' },
    );
    this.#reject(askId, slow);
    this.#drop();
    for (const id of [...this.#pending.keys()]) {
      const pending = this.#take(id);
      if (pending !== undefined) this.#post(pending.body, pending.asked, pending.answer);
    }
  }

  #drop(): void {
    void this.#worker?.terminate();
    this.#worker = null;
    this.#told.clear();
  }

  #reject(askId: number, reason: unknown): void {
    this.#take(askId)?.answer.reject(reason);
  }

  #take(askId: number): Pending | undefined {
    const pending = this.#pending.get(askId);
    this.#pending.delete(askId);
    if (pending !== undefined && pending.timer !== null) clearTimeout(pending.timer);
    return pending;
  }
}

function closed(): AppError {
  return new AppError(
    'RESPONSE_NOT_FOUND',
    'This answer is no longer kept. Send the request again to see it.',
  );
}
