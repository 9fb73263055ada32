import type { BrowserContext, Page, Route } from 'playwright-core';
import { environment, say } from '../app/environment.ts';
import { toAppUrl } from './addresses.ts';

/** Answers requests for one scheme, as `protocol.handle` takes it. */
export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

export interface TrafficRules {
  readonly handlerFor: (scheme: string) => ProtocolHandler | undefined;
  /** Whether the page may go there; not asked for what the app itself loads. */
  readonly mayNavigate: (url: string, isMainFrame: boolean) => boolean;
}

/** Every request of every page: the app's own schemes are answered here, everything else goes nowhere. */
export async function guardTraffic(context: BrowserContext, page: Page, rules: TrafficRules): Promise<void> {
  await context.route(
    () => true,
    (route) =>
      answer(route, page, rules).catch(() => {
        // The page is gone, and nobody waits for the answer.
      }),
  );
}

async function answer(route: Route, page: Page, rules: TrafficRules): Promise<void> {
  const request = route.request();
  const url = toAppUrl(request.url());
  if (request.isNavigationRequest()) {
    const frame = frameOf(route);
    if (frame?.page() !== page || !rules.mayNavigate(url, frame.parentFrame() === null)) {
      // "Aborted" leaves the page where it is; any other failure would replace it by an error page.
      await route.abort('aborted');
      return;
    }
  }
  const handler = rules.handlerFor(new URL(url).protocol.slice(0, -1));
  if (handler !== undefined && url !== request.url()) await fulfill(route, url, handler);
  else if (isDevServer(request.url())) await route.continue();
  else await route.abort('blockedbyclient');
}

/** A window about to open has no frame yet. */
function frameOf(route: Route) {
  try {
    return route.request().frame();
  } catch {
    return undefined;
  }
}

async function fulfill(route: Route, url: string, handler: ProtocolHandler): Promise<void> {
  const request = route.request();
  const method = request.method();
  const body = method === 'GET' || method === 'HEAD' ? null : request.postDataBuffer();
  const init = { method, headers: request.headers(), body: body && new Uint8Array(body) };
  let response: Response;
  try {
    response = await handler(new Request(url, init));
  } catch {
    await route.abort('failed');
    return;
  }
  if (response.type === 'error') {
    await route.abort('failed');
    return;
  }
  if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
    // The browser would follow it past the interception.
    say('protocol.handle answered a redirect, which the stand-in does not implement');
    await route.abort('failed');
    return;
  }
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

function isDevServer(url: string): boolean {
  return environment.devServer !== undefined && new URL(url).origin === new URL(environment.devServer).origin;
}
