import type { Transform } from 'node:stream';
import { AppError } from '../../shared/app-error.ts';
import type { Originals } from '../redaction/originals.ts';
import type { RedactionStream } from '../redaction/redaction-stream.ts';
import type { Spool } from '../spool/spool.ts';
import { decodersFor } from './decode-body.ts';

/** Decoded bytes that are kept of one answer. */
export const BODY_CAP = 256 * 1024 * 1024;

/** Lets a receiver slow down or end what comes. */
export interface Flow {
  pause(): void;
  resume(): void;
  stop(reason: AppError): void;
}

/** Takes an answer's bytes as they come. */
export interface Receiver {
  /** As they were sent, before decoding. */
  readonly receivedBytes: number;
  write(chunk: Buffer, flow: Flow): void;
  /** Resolves when all that came has been worked through. @returns why it is not whole, where it is not */
  finish(): Promise<AppError | null>;
}

export interface ReceiveOptions {
  readonly contentEncoding: string;
  readonly redaction: RedactionStream;
  /** Where the redacted bytes go. */
  readonly spool: Spool;
  readonly cap: number;
  readonly onProgress: ((receivedBytes: number) => void) | undefined;
  /** Sees the decoded bytes before they are redacted. Only for what must read a secret that is given out. */
  readonly onDecoded?: ((bytes: Buffer) => void) | undefined;
}

/** Decodes, counts, caps and redacts a body while it comes. */
export class BodyReceiver implements Receiver {
  readonly #options: ReceiveOptions;
  #decoders: Transform[] | null = null;
  #decoded: Promise<void> = Promise.resolve();
  #failure: AppError | null = null;
  #received = 0;
  #decodedBytes = 0;

  constructor(options: ReceiveOptions) {
    this.#options = options;
  }

  /** Bytes as they were sent, before decoding. */
  get receivedBytes(): number {
    return this.#received;
  }

  /** The redacted body; whole after `finish`. */
  get spool(): Spool {
    return this.#options.spool;
  }

  /** What is masked in it; `null` where nobody asked for that. */
  get originals(): Originals | null {
    return this.#options.redaction.originals;
  }

  /** Nobody wants it: leaves nothing of it. */
  discard(): void {
    this.#options.spool.close();
    this.originals?.wipe();
  }

  get redactions(): number {
    return this.#options.redaction.count;
  }

  /** Decoded bytes, before redaction. */
  get bodyBytes(): number {
    return this.#decodedBytes;
  }

  write(chunk: Buffer, flow: Flow): void {
    this.#received += chunk.length;
    this.#options.onProgress?.(this.#received);
    this.#decoders ??= this.#startDecoding(chunk, flow);
    const first = this.#decoders[0];
    if (first === undefined) {
      this.#keep(chunk, flow);
    } else if (!first.destroyed && !first.write(chunk)) {
      flow.pause();
      first.once('drain', () => flow.resume());
    }
  }

  async finish(): Promise<AppError | null> {
    this.#decoders?.[0]?.end();
    await this.#decoded;
    const failure = this.#put(this.#options.redaction.end());
    this.#failure ??= failure;
    this.#options.spool.end();
    return this.#failure;
  }

  #keep(bytes: Buffer, flow: Flow): void {
    if (this.#failure !== null) return;
    const room = this.#options.cap - this.#decodedBytes;
    const kept = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.#decodedBytes += kept.length;
    this.#options.onDecoded?.(kept);
    const failure = this.#put(this.#options.redaction.write(kept));
    if (failure !== null) this.#fail(failure, flow);
    else if (bytes.length > room) this.#fail(tooLarge(this.#options.cap), flow);
  }

  /** @returns why no more can be kept, where the disk is full */
  #put(bytes: Buffer): AppError | null {
    try {
      this.#options.spool.append(bytes);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  #startDecoding(first: Buffer, flow: Flow): Transform[] {
    const decoders = decodersFor(this.#options.contentEncoding, first);
    if (decoders === null) {
      this.#failure = undecodable(this.#options.contentEncoding);
      return [];
    }
    const last = decoders.at(-1);
    if (last === undefined) return decoders;
    for (const [index, decoder] of decoders.entries()) {
      const next = decoders[index + 1];
      if (next !== undefined) decoder.pipe(next);
      decoder.on('error', () => this.#fail(undecodable(this.#options.contentEncoding), flow));
    }
    last.on('data', (bytes: Buffer) => this.#keep(bytes, flow));
    const ends = Promise.withResolvers<void>();
    last.once('close', () => ends.resolve());
    this.#decoded = ends.promise;
    return decoders;
  }

  #fail(failure: AppError, flow: Flow): void {
    if (this.#failure !== null) return;
    this.#failure = failure;
    for (const decoder of this.#decoders ?? []) decoder.destroy();
    flow.stop(failure);
  }
}

/** For the bodies of redirects that are followed: read so that the connection can be used again, up to a point. */
export class DiscardingReceiver implements Receiver {
  receivedBytes = 0;

  write(chunk: Buffer, flow: Flow): void {
    this.receivedBytes += chunk.length;
    if (this.receivedBytes > 64 * 1024)
      flow.stop(new AppError('BODY_TOO_LARGE', 'The body of the redirect is too large.'));
  }

  async finish(): Promise<null> {
    return null;
  }
}

function tooLarge(cap: number): AppError {
  return new AppError(
    'BODY_TOO_LARGE',
    `The body is larger than ${Math.floor(cap / (1024 * 1024))} MB, unpacked. What came until then is kept.`,
    { cap },
  );
}

function undecodable(contentEncoding: string): AppError {
  return new AppError(
    'NETWORK_PROTOCOL',
    `The body is not what its Content-Encoding says (${contentEncoding}), or stops in the middle.`,
    { contentEncoding },
  );
}
