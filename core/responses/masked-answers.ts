import { AppError } from '../../shared/app-error.ts';
import type { Originals } from '../redaction/originals.ts';

export interface MaskedAnswer {
  readonly appId: string;
  readonly originals: Originals;
}

/** Answers whose masks can be opened; past it the oldest stay masked. */
const MOST_ANSWERS = 20;

/** What the masks of the answers in the window hide. They are gone with the answer, with the process and with a lock. */
export class MaskedAnswers {
  readonly #answers = new Map<string, MaskedAnswer>();

  keep(responseId: string, answer: MaskedAnswer): void {
    this.#answers.set(responseId, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS) break;
      this.close(oldest);
    }
  }

  /** @throws AppError `RESPONSE_NOT_FOUND` */
  get(responseId: string): MaskedAnswer {
    const answer = this.#answers.get(responseId);
    if (answer !== undefined) return answer;
    throw new AppError(
      'RESPONSE_NOT_FOUND',
      'What was masked in this answer is no longer kept. Send the request again.',
    );
  }

  close(responseId: string): void {
    this.#answers.get(responseId)?.originals.wipe();
    this.#answers.delete(responseId);
  }

  clear(): void {
    for (const responseId of [...this.#answers.keys()]) this.close(responseId);
  }
}
