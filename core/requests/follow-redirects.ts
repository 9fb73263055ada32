import { AppError } from '../../shared/app-error.ts';
import type { FailedTimeline, Hop } from '../../shared/requests/response.ts';
import type { Connections } from './connections.ts';
import { keepCookies, learnCookies, withCookies } from './hop-cookies.ts';
import { HopTrace } from './hop-trace.ts';
import { type BodyReceiver, DiscardingReceiver } from './receive-body.ts';
import { type AnswerHead, type HopAnswer, sendHop } from './send-hop.ts';
import type { Stopper } from './stopper.ts';
import {
  type DressedHop,
  dressHop,
  type HopPolicy,
  type PlannedHop,
  withoutContent,
} from './withhold-credentials.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface RedirectOptions {
  readonly connections: Connections;
  readonly policy: HopPolicy;
  readonly maxRedirects: number;
  readonly stopper: Stopper;
  readonly receive: (head: AnswerHead, url: URL) => BodyReceiver;
}

/** The last answer, and the way to it. Nothing is redacted here. */
export interface Exchange {
  readonly hops: readonly Hop[];
  readonly url: URL;
  readonly head: AnswerHead;
  readonly headAt: number;
  readonly body: BodyReceiver;
  readonly trailers: AnswerHead['headers'];
  /** Why the body is not whole, or a redirect was not followed. */
  readonly failure: AppError | null;
  readonly truncated: boolean;
}

/** A hop to come: as composed, and as it goes out. */
interface Leg {
  readonly planned: PlannedHop;
  readonly dressed: DressedHop;
}

/** What comes after an answer: another hop, or the end, perhaps with the reason. */
type Next = Leg | { readonly planned: null; readonly reason: AppError | null };

/** The same, with what takes the body of the answer. */
type Decision =
  | (Leg & { readonly receiver: DiscardingReceiver })
  | { readonly planned: null; readonly reason: AppError | null; readonly receiver: BodyReceiver };

/**
 * Sends a request and follows its redirects, deciding at every hop anew what may go along.
 *
 * @throws AppError `NETWORK_…` where an answer's head never came; `CANCELLED`; `ORIGIN_NOT_ALLOWED` at the
 * first hop, later ones end with that as `failure`. What was sent until then is its `timeline`
 */
export async function followRedirects(first: PlannedHop, options: RedirectOptions): Promise<Exchange> {
  const hops: Hop[] = [];
  let leg: Leg = { planned: first, dressed: dressHop(first, options.policy) };
  for (;;) {
    const { answer, hop, headAt } = await takeLeg(leg, hops, options);
    hops.push(hop);
    await keepCookies(leg.dressed.hop.url, answer.head.headers, options.policy);
    const { failure } = answer;
    if (answer.planned === null) {
      return {
        hops,
        url: leg.dressed.hop.url,
        head: answer.head,
        headAt,
        body: answer.receiver,
        trailers: answer.trailers,
        failure: failure ?? answer.reason,
        truncated: failure !== null,
      };
    }
    if (failure?.code === 'NETWORK_TIMEOUT' || failure?.code === 'CANCELLED') {
      throw withTimeline(failure, { hops, unanswered: null });
    }
    leg = answer;
  }
}

/** One exchange, and what became of it. @param before the hops that led here */
async function takeLeg(
  { planned, dressed }: Leg,
  before: readonly Hop[],
  options: RedirectOptions,
): Promise<{ readonly answer: HopAnswer<Decision>; readonly hop: Hop; readonly headAt: number }> {
  const { connections, policy, stopper, receive } = options;
  const { hop, fate: credential, withheld, cookies = [] } = await withCookies(dressed, policy);
  const about = { url: hop.url.href, method: hop.method, withheld, cookies };
  const trace = new HopTrace();
  const decide = (head: AnswerHead): Decision => {
    learnCookies(head.headers, policy);
    const next = nextHop(head, planned, before.length, options);
    if (next.planned === null) return { ...next, receiver: receive(head, planned.url) };
    return { ...next, receiver: new DiscardingReceiver() };
  };
  try {
    const dispatcher = await connections.dispatcher(hop.url);
    const answer = await sendHop(dispatcher, hop, decide, stopper, trace);
    const { head } = answer;
    const timeline = trace.timeline(head);
    return { answer, hop: { ...about, status: head.status, credential, ...timeline }, headAt: trace.headAt };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const notSent = credential === 'sent' && !trace.isStarted;
    const unanswered = { ...about, credential: notSent ? 'none' : credential, ...trace.unanswered() };
    throw withTimeline(error, { hops: before, unanswered });
  }
}

function nextHop(
  head: AnswerHead,
  sent: PlannedHop,
  followed: number,
  { maxRedirects, policy }: RedirectOptions,
): Next {
  const location = head.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (!REDIRECTS.has(head.status) || location === undefined || maxRedirects === 0) return end(null);
  const url = redirectTarget(location, sent.url);
  if (url === null) {
    return end(
      new AppError(
        'NETWORK_PROTOCOL',
        'The answer redirects to something that is not an http or https URL. It was not followed.',
      ),
    );
  }
  if (followed >= maxRedirects) {
    return end(
      new AppError('TOO_MANY_REDIRECTS', `Stopped after ${maxRedirects} redirects; the last is shown.`, {
        maxRedirects,
      }),
    );
  }
  const planned = plannedHop(head.status, sent, url);
  try {
    return { planned, dressed: dressHop(planned, policy) };
  } catch (error) {
    if (error instanceof AppError) return end(error);
    throw error;
  }
}

function withTimeline(
  { code, message, details, cause }: AppError,
  way: Omit<FailedTimeline, 'attempts'>,
): AppError {
  return new AppError(code, message, details, { cause, timeline: { ...way, attempts: [] } });
}

const end = (reason: AppError | null): Next => ({ planned: null, reason });

/** Method and body by the Fetch standard. */
function plannedHop(status: number, sent: PlannedHop, url: URL): PlannedHop {
  if (!becomesGet(status, sent.method)) return { ...sent, url };
  return { url, method: 'GET', headers: withoutContent(sent.headers), body: null };
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
