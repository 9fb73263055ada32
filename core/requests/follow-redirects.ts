import type { Dispatcher } from 'undici';
import { AppError } from '../../shared/app-error.ts';
import type { Hop } from '../../shared/requests/response.ts';
import { type BodyReceiver, DiscardingReceiver } from './receive-body.ts';
import { type AnswerHead, sendHop } from './send-hop.ts';
import type { Stopper } from './stopper.ts';
import { dressHop, type HopPolicy, type PlannedHop, withoutContent } from './withhold-credentials.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface RedirectOptions {
  readonly dispatcher: Dispatcher;
  readonly policy: HopPolicy;
  readonly maxRedirects: number;
  readonly stopper: Stopper;
  readonly receive: (head: AnswerHead) => BodyReceiver;
}

/** The last answer, and the way to it. Nothing is redacted here. */
export interface Exchange {
  readonly hops: readonly Hop[];
  readonly url: URL;
  readonly head: AnswerHead;
  readonly headAt: number;
  readonly body: BodyReceiver;
  readonly failure: AppError | null;
}

/** What follows an answer: another request, or nothing, perhaps with the reason. */
type Next = { readonly planned: PlannedHop } | { readonly failure: AppError | null };

/**
 * Sends a request and follows its redirects, deciding at every hop anew what may go along.
 *
 * @throws AppError `NETWORK_…`, `CANCELLED`, `ORIGIN_NOT_ALLOWED`
 */
export async function followRedirects(first: PlannedHop, options: RedirectOptions): Promise<Exchange> {
  const hops: Hop[] = [];
  let planned = first;
  for (;;) {
    const { hop, fate } = dressHop(planned, options.policy);
    const left = options.maxRedirects - hops.length;
    let next: Next = { failure: null };
    const current = planned;
    const answer = await sendHop(
      options.dispatcher,
      hop,
      (head) => {
        next = nextHop(head, current, left, options.maxRedirects);
        return 'planned' in next ? new DiscardingReceiver() : options.receive(head);
      },
      options.stopper,
    );
    hops.push({ url: hop.url.href, status: answer.head.status, credential: fate });
    const { head, headAt, receiver, failure } = answer;
    if (!(receiver instanceof DiscardingReceiver)) {
      const reason = failure ?? failureOf(next);
      return { hops, url: hop.url, head, headAt, body: receiver, failure: reason };
    }
    if (failure?.code === 'NETWORK_TIMEOUT') throw failure;
    planned = plannedOf(next) ?? planned;
  }
}

// `next` is set inside a callback, which the compiler does not follow.
const failureOf = (next: Next): AppError | null => ('failure' in next ? next.failure : null);
const plannedOf = (next: Next): PlannedHop | null => ('planned' in next ? next.planned : null);

/** Method and body by the Fetch standard. */
function nextHop(head: AnswerHead, sent: PlannedHop, left: number, most: number): Next {
  const location = head.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!REDIRECTS.has(head.status) || location === undefined || most === 0) return { failure: null };
  const url = redirectTarget(location, sent.url);
  if (url === null) {
    return {
      failure: new AppError(
        'NETWORK_PROTOCOL',
        'The answer redirects to something that is not an http or https URL. It was not followed.',
      ),
    };
  }
  if (left <= 0) {
    return {
      failure: new AppError('TOO_MANY_REDIRECTS', `Stopped after ${most} redirects; the last is shown.`, {
        maxRedirects: most,
      }),
    };
  }
  if (!becomesGet(head.status, sent.method)) return { planned: { ...sent, url } };
  return { planned: { url, method: 'GET', headers: withoutContent(sent.headers), body: null } };
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/** `null` where it cannot be followed. User name and password are dropped: they would be a credential. */
function redirectTarget(location: string, from: URL): URL | null {
  if (!URL.canParse(location, from.href)) return null;
  const url = new URL(location, from.href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}
