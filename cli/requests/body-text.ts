import { charsetOf, detectCharset } from '../../core/responses/charset.ts';
import { countWrongBytes } from '../../core/responses/wrong-bytes.ts';
import type { ByteSource } from '../../core/spool/byte-source.ts';
import type { Response } from '../../shared/requests/response.ts';

/** A body as text, and what is to be said of it. */
export interface BodyText {
  readonly text: string;
  /** `null` where it is UTF-8 without a fault. */
  readonly note: string | null;
}

/** What a body is in: as in the window. */
export function charsetOfBody(body: ByteSource, { headers, mediaType }: Response): Promise<string> {
  return detectCharset(body, { charset: charsetOf(headers), mediaType });
}

/** Reads a body in its charset. What is not in it becomes U+FFFD, and is told of. */
export async function readBodyText(body: ByteSource, response: Response): Promise<BodyText> {
  const charset = await charsetOfBody(body, response);
  const text = new TextDecoder(charset).decode(body.read(0, body.length));
  const wrong = text.includes('\ufffd') ? total(countWrongBytes(body, charset)) : 0;
  return { text, note: noteOf(charset, wrong) };
}

function noteOf(charset: string, wrong: number): string | null {
  const kept = '-o FILE keeps the bytes as they came.';
  if (wrong > 0) {
    const places = charset === 'utf-8' ? 'bytes' : 'places';
    return `${wrong} ${places} of the body are not ${charset.toUpperCase()} and show as \ufffd. ${kept}`;
  }
  return charset === 'utf-8' ? null : `The body came in ${charset} and is printed in UTF-8. ${kept}`;
}

function total(counting: Generator<void, number>): number {
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}
