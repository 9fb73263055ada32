import { AppError } from '../../shared/app-error.ts';
import { PatternSet } from './pattern-set.ts';
import { RedactionStream } from './redaction-stream.ts';
import { secretFieldKeys } from './secret-fields.ts';
import { secretForms } from './secret-forms.ts';

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
  readonly #knownAndFields: PatternSet;
  readonly #fieldsFrom: number;
  #wiped = false;

  /** @param secrets copied; the caller may wipe its own. Secrets below four bytes are not looked for. */
  constructor(secrets: readonly Buffer[]) {
    const forms = secrets.flatMap(secretForms);
    this.#fieldsFrom = forms.length;
    this.#known = new PatternSet(forms);
    this.#knownAndFields = new PatternSet([...forms, ...secretFieldKeys()]);
  }

  /** Masks known secrets in a short text: a header, a URL, a message. */
  text(text: string): RedactedText {
    this.#refuseWhenWiped();
    const stream = new RedactionStream(this.#known, Number.POSITIVE_INFINITY);
    const redacted = Buffer.concat([stream.write(Buffer.from(text, 'utf8')), stream.end()]);
    return stream.count === 0 ? { text, count: 0 } : { text: redacted.toString('utf8'), count: stream.count };
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

  /** Masks known secrets, and the text of fields such as `access_token`, in bytes that come in pieces. */
  stream(): RedactionStream {
    this.#refuseWhenWiped();
    return new RedactionStream(this.#knownAndFields, this.#fieldsFrom, () => this.#refuseWhenWiped());
  }

  wipe(): void {
    this.#wiped = true;
    this.#known.wipe();
    this.#knownAndFields.wipe();
  }

  #refuseWhenWiped(): void {
    if (this.#wiped) {
      throw new AppError('VAULT_LOCKED', 'The vault has been locked. Unlock it and try again.');
    }
  }
}
