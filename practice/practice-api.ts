import { type Context, Hono, type Next } from 'hono';
import type { PracticeAnnouncement } from '../shared/practice/practice.ts';
import { openAcme } from './acme/acme.ts';
import { openAirfocus } from './airfocus/airfocus.ts';
import { controls } from './controls.ts';
import { Lifetimes } from './lifetimes.ts';
import { issuerOf } from './oauth/authorize.ts';
import { openOauth } from './oauth/oauth.ts';
import { METADATA_PATH, oauthMetadata } from './oauth/oauth-metadata.ts';
import { STYLE, STYLE_PATH } from './page/page.ts';
import { tokenPage } from './page/token-page.ts';
import { PlannedFailures } from './planned-failures.ts';
import { openPortsip } from './portsip/portsip.ts';
import { PracticeClock } from './practice-clock.ts';
import type { PracticeProvider, PracticeWorld } from './practice-provider.ts';
import { RateLimits } from './rate-limits.ts';
import { logRequests, RequestLog } from './request-log.ts';
import { Seed } from './seed.ts';
import { openSipgate } from './sipgate/sipgate.ts';
import { tokenControls } from './token-controls.ts';
import { tools } from './tools.ts';
import { openVirtuozzo } from './virtuozzo/virtuozzo.ts';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The endpoints, without a socket. */
export interface PracticeApi {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** What it has made for whoever tries it. @param url where it answers, without a slash at its end */
  readonly announce: (url: string) => PracticeAnnouncement;
}

/** A practice API with tokens made anew. A reset brings these same tokens back. */
export function practiceApi(): PracticeApi {
  const seed = new Seed();
  let current = openApi(seed, reset);
  function reset(): void {
    current = openApi(seed, reset);
  }
  return {
    fetch: (request) => current.api.fetch(request),
    announce: (url) => announcement(url, current.providers),
  };
}

function openApi(seed: Seed, reset: () => void): { api: Hono; providers: readonly PracticeProvider[] } {
  const clock = new PracticeClock();
  const world: PracticeWorld = { seed, clock, limits: new RateLimits(clock), lifetimes: new Lifetimes() };
  const oauth = openOauth(world);
  const providers = [
    openSipgate(world, oauth),
    openVirtuozzo(world),
    openPortsip(world),
    openAirfocus(world),
    oauth,
    openAcme(world),
  ];
  const failures = new PlannedFailures();
  const log = new RequestLog();

  const api = new Hono();
  api.use(refuseOtherNames);
  for (const path of ['/practice/*', '/page/*', '/oauth/consent']) api.use(path, refuseOtherPages);
  api.get(STYLE_PATH, (context) => context.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  api.get('/health', (context) => context.json({ ok: true }));
  const desks = providers.map(({ desk }) => desk);
  api.route('/', tokenPage({ desks, clock, reset, formToken: seed.base64url('form') }));
  api.route('/practice/tokens', tokenControls(desks, clock));
  api.route('/practice', controls({ ...world, failures, log, reset }));
  api.use(logRequests(log, () => clock.now()));
  api.get(METADATA_PATH, (context) => context.json(oauthMetadata(issuerOf(context))));
  for (const provider of providers) api.use(`${provider.path}/*`, limitRate(world, provider));
  api.use(async (context, next) => {
    const status = failures.take(context.req.path);
    return status === null ? next() : Response.json({ error: 'a planned failure' }, { status });
  });
  for (const { path, api: endpoints } of providers) api.route(path, endpoints);
  api.route('/', tools());
  api.notFound((context) => context.json({ error: 'not found', path: context.req.path }, 404));
  return { api, providers };
}

/** A page elsewhere can make a browser call loopback under a name of its own; such a name is not ours. */
async function refuseOtherNames(context: Context, next: Next): Promise<Response | undefined> {
  const host = (context.req.header('host') ?? '').replace(/:\d+$/, '');
  if (!LOOPBACK_NAMES.has(host)) return context.text('The practice API answers on loopback only.', 421);
  await next();
  return undefined;
}

/** A page elsewhere can make a browser send forms here; browsers say where from. */
async function refuseOtherPages(context: Context, next: Next): Promise<Response | undefined> {
  const origin = context.req.header('origin');
  if (origin !== undefined && origin !== new URL(context.req.url).origin) {
    return context.json({ error: 'not from another page' }, 403);
  }
  await next();
  return undefined;
}

function limitRate({ limits, clock }: PracticeWorld, { desk, rate, everyAnswer }: PracticeProvider) {
  return async (context: Context, next: Next): Promise<void> => {
    const verdict = limits.count(desk.provider);
    if (verdict === null || verdict.allowed) await next();
    else context.res = tooManyRequests(rate?.refusal, verdict.resetsAt - clock.now());
    const headers = { ...(verdict === null ? {} : rate?.headers(verdict)), ...everyAnswer?.() };
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
  };
}

function tooManyRequests(body: object = { error: 'too many requests' }, waitMs: number): Response {
  return Response.json(body, { status: 429, headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } });
}

function announcement(url: string, providers: readonly PracticeProvider[]): PracticeAnnouncement {
  const announced = providers.map((provider) => provider.announce(url));
  return {
    url,
    tokens: announced.flatMap(({ tokens = [] }) => tokens),
    logins: announced.flatMap(({ logins = [] }) => logins),
    oauth: announced.flatMap(({ oauth = [] }) => oauth),
  };
}
