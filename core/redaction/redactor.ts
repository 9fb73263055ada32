import { AppError } from '../../shared/app-error.ts';
import { maskCookies } from './cookie-values.ts';
import { PatternSet } from './pattern-set.ts';
import { RedactionStream, type RedactionStreamOptions } from './redaction-stream.ts';
import { secretFieldKeys } from './secret-fields.ts';
import { secretForms } from './secret-forms.ts';

/** The same for every app, and not secret. */
const FIELD_KEYS = new PatternSet(secretFieldKeys());

/** How many learned secrets are looked for at a time. */
const MOST_LEARNED = 100;

/** Text with its secrets masked, and how many were. */
export interface RedactedText {
  readonly text: string;
  readonly count: number;
}

type StreamOptions = Pick<RedactionStreamOptions, 'prompt' | 'originals'>;

/**
 * Masks an app's secrets in what comes back from a server. Made once for a state of the app's tokens and
 * used for all its requests; after `wipe` it refuses to work, so that nothing passes unmasked.
 */
export class Redactor {
  /** What it was made with. */
  readonly #given: PatternSet;
  /** Forms of secrets that came later, the latest last. Old ones are kept to be wiped. */
  readonly #learned: { readonly secret: Buffer; readonly forms: readonly Buffer[] }[] = [];
  #known: PatternSet;
  #wiped = false;

  /** @param secrets copied; the caller may wipe its own. Secrets below four bytes are not looked for. */
  constructor(secrets: readonly Buffer[]) {
    this.#given = new PatternSet(secrets.flatMap(secretForms));
    this.#known = this.#given;
  }

  /**
   * Masks these too from now on; streams that are under way go on without them. For what an answer brings:
   * only the latest are looked for, those that are there to stay go into a redactor of their own.
   */
  learn(secrets: readonly Buffer[]): void {
    this.#refuseWhenWiped();
    const fresh = secrets.filter(
      (secret) => !this.#learned.slice(-MOST_LEARNED).some((each) => each.secret.equals(secret)),
    );
    if (fresh.length === 0) return;
    for (const secret of fresh)
      this.#learned.push({ secret: Buffer.from(secret), forms: secretForms(secret) });
    const forms = this.#learned.slice(-MOST_LEARNED).flatMap((each) => each.forms);
    this.#known = new PatternSet(forms, this.#given);
  }

  /** Masks known secrets in a header's value, and the values of cookies whatever they are. */
  header(name: string, value: string): RedactedText {
    const cookies = maskCookies(name, value);
    const known = this.text(cookies.text);
    return { text: known.text, count: cookies.count + known.count };
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

  /**
   * Masks known secrets, and the text of fields such as `access_token`, in bytes that come in pieces.
   *
   * @param prompt somebody watches: what cannot be a part of a secret is given on at once
   * @param originals takes what is masked
   */
  stream({ prompt = false, originals }: StreamOptions = {}): RedactionStream {
    this.#refuseWhenWiped();
    return new RedactionStream(this.#known, {
      fieldKeys: FIELD_KEYS,
      prompt,
      check: () => this.#refuseWhenWiped(),
      ...(originals === undefined ? {} : { originals }),
    });
  }

  /** Masks known secrets in what a program prints: what cannot be a part of one is given on at once. */
  promptStream(): RedactionStream {
    this.#refuseWhenWiped();
    return new RedactionStream(this.#known, { prompt: true, check: () => this.#refuseWhenWiped() });
  }

  wipe(): void {
    this.#wiped = true;
    this.#known.wipe();
    this.#given.wipe();
    for (const { secret, forms } of this.#learned.splice(0))
      for (const each of [secret, ...forms]) each.fill(0);
  }

  #refuseWhenWiped(): void {
    if (this.#wiped) {
      throw new AppError('VAULT_LOCKED', 'The vault has been locked. Unlock it and try again.');
    }
  }
}
