import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PracticeClock } from '../practice-clock.ts';
import { sameText } from '../same-text.ts';
import type { OAuthClient } from './oauth-clients.ts';

const CODE_SECONDS = 60;
const MOST_CODES = 1000;

interface CodeRequest {
  readonly client: OAuthClient;
  readonly redirectUri: string;
  /** S256 of the verifier (RFC 7636). */
  readonly challenge: string;
  readonly scopes: readonly string[];
}

type IssuedCode = CodeRequest & { readonly grant: string; readonly expiresAt: number; used: boolean };

/** Authorization codes: for a minute, and once. */
export class AuthorizationCodes {
  readonly #clock: PracticeClock;
  readonly #codes = new Map<string, IssuedCode>();

  constructor(clock: PracticeClock) {
    this.#clock = clock;
  }

  issue(request: CodeRequest): string {
    const [oldest] = this.#codes.keys();
    if (oldest !== undefined && this.#codes.size >= MOST_CODES) this.#codes.delete(oldest);
    const code = randomBytes(24).toString('base64url');
    const expiresAt = this.#clock.now() + CODE_SECONDS * 1000;
    this.#codes.set(code, { ...request, grant: randomUUID(), expiresAt, used: false });
    return code;
  }

  /**
   * Takes a code in. One that comes a second time ends what the first gave (RFC 6749 4.1.2).
   *
   * @param onReuse is told the grant that has to end
   */
  redeem(
    code: string,
    given: { readonly client: OAuthClient; readonly redirectUri: string; readonly verifier: string },
    onReuse: (grant: string) => void,
  ): IssuedCode | null {
    const issued = this.#codes.get(code);
    if (issued === undefined || issued.client.id !== given.client.id) return null;
    if (issued.used) {
      onReuse(issued.grant);
      return null;
    }
    issued.used = true;
    const challenge = createHash('sha256').update(given.verifier).digest('base64url');
    const isRight =
      issued.expiresAt > this.#clock.now() &&
      issued.redirectUri === given.redirectUri &&
      sameText(challenge, issued.challenge);
    return isRight ? issued : null;
  }
}
