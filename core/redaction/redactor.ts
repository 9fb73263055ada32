import { AppError } from '../../shared/app-error.ts';
import { PatternSet } from './pattern-set.ts';
import { RedactionStream } from './redaction-stream.ts';
import { secretFieldKeys } from './secret-fields.ts';
import { secretForms } from './secret-forms.ts';

/** The same for every app, and not secret. */
const FIELD_KEYS = new PatternSet(secretFieldKeys());

/** Text with its secrets masked, and how many were. */
export interface RedactedText {
  readonly text: string;
  readonly count: number;
}

/**
 * Masks an app's secrets in what comes back from a server. Made once for a state of the app's tokens and
 * used for all its requests; after `wipe` it refuses to work, so that nothing passes unmasked.
 */
export class Redactor {
  readonly #known: PatternSet;
  #wiped = false;

  /** @param secrets copied; the caller may wipe its own. Secrets below four bytes are not looked for. */
  constructor(secrets: readonly Buffer[]) {
    this.#known = new PatternSet(secrets.flatMap(secretForms));
  }

  /** Masks known secrets in a short text: a header, a URL, a message. */
  text(text: string): RedactedText {
    this.#refuseWhenWiped();
    const bytes = Buffer.from(text, 'utf8');
    // Most texts hold none: no more than one look at them.
    if (!this.finds(bytes)) return { text, count: 0 };
    const stream = new RedactionStream(this.#known);
    const redacted = Buffer.concat([stream.write(bytes), stream.end()]);
    return { text: redacted.toString('utf8'), count: stream.count };
  }

  /** Whether a known secret stands in these bytes, in any of its forms. */
  finds(bytes: Buffer): boolean {
    this.#refuseWhenWiped();
    let found = false;
    this.#known.search(bytes, 0, () => {
      found = true;
    });
    return found;
  }

  /** The same, in bytes that come in pieces: a secret may lie across two of them. */
  async findsAcross(pieces: AsyncIterable<Buffer>): Promise<boolean> {
    let held: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      const text = held.length === 0 ? piece : Buffer.concat([held, piece]);
      if (this.finds(text)) return true;
      held = text.subarray(Math.max(0, text.length - this.#known.longest + 1));
    }
    return false;
  }

  /** Masks known secrets, and the text of fields such as `access_token`, in bytes that come in pieces. */
  stream(): RedactionStream {
    this.#refuseWhenWiped();
    return new RedactionStream(this.#known, { fieldKeys: FIELD_KEYS, check: () => this.#refuseWhenWiped() });
  }

  /** Masks known secrets in what a program prints: what cannot be a part of one is given on at once. */
  promptStream(): RedactionStream {
    this.#refuseWhenWiped();
    return new RedactionStream(this.#known, { prompt: true, check: () => this.#refuseWhenWiped() });
  }

  wipe(): void {
    this.#wiped = true;
    this.#known.wipe();
  }

  #refuseWhenWiped(): void {
    if (this.#wiped) {
      throw new AppError('VAULT_LOCKED', 'The vault has been locked. Unlock it and try again.');
    }
  }
}
