import { randomBytes } from 'node:crypto';
import type { PracticeClock } from '../practice-clock.ts';
import { sameText } from '../same-text.ts';
import type { PortsipUser } from './portsip-users.ts';

const CHALLENGE_SECONDS = 300;
const MOST_ATTEMPTS = 5;
const MOST_CHALLENGES = 1000;

interface Challenge {
  readonly user: PortsipUser;
  readonly expiresAt: number;
  sent: boolean;
  attempts: number;
}

/** Logins that wait for their second step. */
export class TwoFactor {
  readonly #clock: PracticeClock;
  readonly #challenges = new Map<string, Challenge>();

  constructor(clock: PracticeClock) {
    this.#clock = clock;
  }

  /** @returns the token by which the next two steps name this login */
  begin(user: PortsipUser): string {
    const [oldest] = this.#challenges.keys();
    if (oldest !== undefined && this.#challenges.size >= MOST_CHALLENGES) this.#challenges.delete(oldest);
    const token = randomBytes(24).toString('base64url');
    const expiresAt = this.#clock.now() + CHALLENGE_SECONDS * 1000;
    this.#challenges.set(token, { user, expiresAt, sent: false, attempts: 0 });
    return token;
  }

  /** @returns whether there is such a login */
  send(token: string): boolean {
    const challenge = this.#waiting(token);
    if (challenge !== null) challenge.sent = true;
    return challenge !== null;
  }

  /** The user whose code this is, once. `null` where it was not sent, is wrong, or came too late or too often. */
  verify(token: string, code: string): PortsipUser | null {
    const challenge = this.#waiting(token);
    if (challenge === null || !challenge.sent) return null;
    const { user } = challenge;
    const isRight = user.code !== undefined && sameText(code, user.code);
    challenge.attempts += 1;
    if (isRight || challenge.attempts >= MOST_ATTEMPTS) this.#challenges.delete(token);
    return isRight ? user : null;
  }

  #waiting(token: string): Challenge | null {
    const challenge = this.#challenges.get(token);
    return challenge !== undefined && challenge.expiresAt > this.#clock.now() ? challenge : null;
  }
}
