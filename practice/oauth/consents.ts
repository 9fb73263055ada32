import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../page/page.ts';
import type { PracticeClock } from '../practice-clock.ts';
import { formFields } from '../request-fields.ts';
import type { OAuthClient } from './oauth-clients.ts';

const CONSENT_SECONDS = 600;
const MOST_CONSENTS = 1000;

/** A question to the user: may this client have these scopes? */
export interface Consent {
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /** Answers the user's browser after the decision. */
  readonly decide: (context: Context, allowed: boolean) => Response | Promise<Response>;
}

/**
 * Questions that wait for the user. Each is named by a value that only its page holds, and is decided once: a
 * page elsewhere cannot decide it.
 */
export class Consents {
  readonly #clock: PracticeClock;
  readonly #waiting = new Map<string, Consent & { readonly expiresAt: number }>();

  constructor(clock: PracticeClock) {
    this.#clock = clock;
  }

  ask(context: Context, consent: Consent) {
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size >= MOST_CONSENTS) this.#waiting.delete(oldest);
    const request = randomBytes(24).toString('base64url');
    this.#waiting.set(request, { ...consent, expiresAt: this.#clock.now() + CONSENT_SECONDS * 1000 });
    const { client, scopes } = consent;
    return page(
      context,
      `Connect ${client.name}?`,
      html`<p><strong>${client.name}</strong> (<code>${client.id}</code>) asks to act as the practice user with:</p>
      <ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
      <form method="post" action="/oauth/consent">
        <input type="hidden" name="request" value="${request}">
        <button class="main" name="decision" value="allow">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </form>`,
    );
  }

  /** The page's form goes here: `request` and `decision`, which is `allow` or `deny`. */
  routes(): Hono {
    const api = new Hono();
    api.post('/consent', async (context) => {
      const { request = '', decision } = await formFields(context.req);
      const consent = this.#take(request);
      if (consent === null || (decision !== 'allow' && decision !== 'deny')) {
        return page(
          context,
          'Too late',
          html`<p>This question was answered already, or its time is over. Begin again in the app.</p>`,
          400,
        );
      }
      return consent.decide(context, decision === 'allow');
    });
    return api;
  }

  #take(request: string): Consent | null {
    const consent = this.#waiting.get(request);
    this.#waiting.delete(request);
    return consent !== undefined && consent.expiresAt > this.#clock.now() ? consent : null;
  }
}
