import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../../shared/app-error.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { systemReason } from '../system-error.ts';

/** A piece of a body: bytes, or a file. */
export type BodySegment = Buffer | { readonly path: string };

type SizedSegment = Buffer | { readonly path: string; readonly size: number };

/** A body with files in it, which are read while it is sent: as often as redirects want it. */
export class StreamedBody {
  readonly length: number;
  /** Whether a known secret of the app stands in it. */
  readonly holdsSecret: boolean;
  readonly #segments: readonly SizedSegment[];

  private constructor(segments: readonly SizedSegment[], holdsSecret: boolean) {
    this.#segments = segments;
    this.length = segments.reduce((sum, each) => sum + (Buffer.isBuffer(each) ? each.length : each.size), 0);
    this.holdsSecret = holdsSecret;
  }

  /** Looks at the files once, for their size and for secrets. @throws AppError `FILE_NOT_FOUND` */
  static async of(segments: readonly BodySegment[], redactor: Redactor): Promise<StreamedBody> {
    const sized = await Promise.all(segments.map(withSize));
    return new StreamedBody(sized, await redactor.findsAcross(read(sized)));
  }

  open(): Readable {
    return Readable.from(read(this.#segments));
  }
}

async function withSize(segment: BodySegment): Promise<SizedSegment> {
  if (Buffer.isBuffer(segment)) return segment;
  const { path } = segment;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new AppError('FILE_NOT_FOUND', `${path} is not a file.`, { path });
    return { path, size: found.size };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* read(segments: readonly SizedSegment[]): AsyncGenerator<Buffer> {
  for (const segment of segments) {
    if (Buffer.isBuffer(segment)) yield segment;
    else yield* readFileOf(segment);
  }
}

/** As many bytes as were announced: a file that grows meanwhile is sent as it was. */
async function* readFileOf({ path, size }: { path: string; size: number }): AsyncGenerator<Buffer> {
  if (size === 0) return;
  let left = size;
  try {
    for await (const chunk of createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer>) {
      left -= chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (left > 0) throw new AppError('FILE_NOT_FOUND', `${path} became shorter while it was sent.`, { path });
}

function unreadable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = systemReason(error);
  return new AppError('FILE_NOT_FOUND', `${path} cannot be read (${reason}).`, { path });
}
