import { type Context, Hono } from 'hono';
import type { PlannedFailures } from './planned-failures.ts';
import type { PracticeWorld } from './practice-provider.ts';
import { isProviderName, PROVIDER_NAMES, type ProviderName } from './provider-name.ts';
import type { RequestLog } from './request-log.ts';

const LONGEST_ADVANCE_SECONDS = 100 * 366 * 86_400;
const MOST_PER_MINUTE = 1_000_000;
const LONGEST_LIFETIME_SECONDS = 366 * 86_400;
const MOST_FAILURES = 10_000;
const NAMES = PROVIDER_NAMES.join(', ');

export interface Controls extends PracticeWorld {
  readonly log: RequestLog;
  readonly failures: PlannedFailures;
  /** Brings everything back to how it was at the start. */
  readonly reset: () => void;
}

/** What moves the practice API itself: its clock, limits, lifetimes, failures and log. */
export function controls({ clock, limits, lifetimes, failures, log, reset }: Controls): Hono {
  const api = new Hono();
  api.get('/clock', (context) => context.json({ now: new Date(clock.now()).toISOString() }));
  api.post('/clock', (context) => {
    if (context.req.query('reset') !== undefined) clock.reset();
    else {
      const seconds = wholeNumber(context.req.query('advance'), LONGEST_ADVANCE_SECONDS);
      if (seconds === null) return refuse(context, 'say ?advance=SECONDS, a whole number, or ?reset');
      clock.advance(seconds);
    }
    return context.json({ now: new Date(clock.now()).toISOString() });
  });
  api.get('/limits', (context) => context.json(limits.limits));
  api.post('/limits', (context) => {
    const wanted = wantedNumbers(context, MOST_PER_MINUTE);
    if (wanted === null) return refuse(context, `say ?airfocus=5, or empty for the usual; names: ${NAMES}`);
    for (const [provider, limit] of wanted) limits.set(provider, limit);
    return context.json(limits.limits);
  });
  api.get('/lifetimes', (context) => context.json(lifetimes.seconds));
  api.post('/lifetimes', (context) => {
    const wanted = wantedNumbers(context, LONGEST_LIFETIME_SECONDS);
    if (wanted === null) return refuse(context, `say ?portsip=90, or empty for the usual; names: ${NAMES}`);
    for (const [provider, seconds] of wanted) lifetimes.set(provider, seconds);
    return context.json(lifetimes.seconds);
  });
  api.get('/failures', (context) => context.json(failures.plans));
  api.post('/failures', (context) => {
    const path = context.req.query('path') ?? '';
    const status = wholeNumber(context.req.query('status') ?? '500', 599);
    const times = wholeNumber(context.req.query('times') ?? '1', MOST_FAILURES);
    if (!path.startsWith('/') || status === null || status < 400 || times === null) {
      return refuse(context, 'say ?path=/v2/account&status=500&times=1, a status from 400 to 599');
    }
    if (!failures.plan(path, status, times)) return refuse(context, 'too many failures are planned');
    return context.json(failures.plans);
  });
  api.get('/log', (context) => context.json({ counts: log.counts, requests: log.requests }));
  api.delete('/log', (context) => {
    log.clear();
    return context.body(null, 204);
  });
  api.post('/reset', (context) => {
    reset();
    return context.body(null, 204);
  });
  return api;
}

/** `null` where a name or number is wrong, or nothing was asked for. An empty number means the usual one. */
function wantedNumbers(context: Context, most: number): [ProviderName, number | null][] | null {
  const wanted: [ProviderName, number | null][] = [];
  for (const [name, text] of Object.entries(context.req.query())) {
    const number = text === '' ? null : wholeNumber(text, most);
    if (!isProviderName(name) || (number === null && text !== '')) return null;
    wanted.push([name, number]);
  }
  return wanted.length === 0 ? null : wanted;
}

function refuse(context: Context, error: string): Response {
  return context.json({ error }, 400);
}

function wholeNumber(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
