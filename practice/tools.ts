import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { stream } from 'hono/streaming';

const LONGEST_DELAY_MS = 60_000;
const MOST_BYTES = 1024 ** 3;
const CHUNK = Buffer.alloc(64 * 1024, 'tessera.');
const REDIRECTS = [301, 302, 303, 307, 308] as const;
/** Statuses whose answers have no body by definition. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Endpoints for trying out what an API client does: they belong to no provider. */
export function tools(): Hono {
  const api = new Hono();
  api.all('/status/:code', answerStatus);
  api.all('/echo', echo);
  api.all('/redirect-to', redirect);
  api.all('/delay/:ms', async (context) => {
    const delay = wholeNumber(context.req.param('ms'), LONGEST_DELAY_MS);
    if (delay === null) return refuse(context, `a delay is 0 to ${LONGEST_DELAY_MS} milliseconds`);
    await sleep(delay, undefined, { signal: context.req.raw.signal }).catch(() => undefined);
    return context.json({ delayedMs: delay });
  });
  api.get('/bytes/:n', sendBytes);
  return api;
}

function answerStatus(context: Context): Response {
  const code = wholeNumber(context.req.param('code'), 599);
  if (code === null || code < 200) return refuse(context, 'a status is 200 to 599');
  return BODILESS.has(code)
    ? new Response(null, { status: code })
    : Response.json({ status: code }, { status: code });
}

async function echo(context: Context): Promise<Response> {
  const { method, url } = context.req;
  const body = await context.req.text();
  return context.json({
    method,
    path: new URL(url).pathname,
    query: context.req.queries(),
    headers: context.req.header(),
    body,
  });
}

function redirect(context: Context): Response {
  const url = context.req.query('url');
  if (url === undefined || /[\r\n]/.test(url)) return refuse(context, 'say where to with ?url=');
  const asked = Number(context.req.query('status') ?? 302);
  const status = REDIRECTS.find((each) => each === asked);
  if (status === undefined) return refuse(context, `a redirect's status is one of ${REDIRECTS.join(', ')}`);
  return new Response(null, { status, headers: { Location: url } });
}

function sendBytes(context: Context): Response {
  const total = wholeNumber(context.req.param('n'), MOST_BYTES);
  if (total === null) return refuse(context, `a size is 0 to ${MOST_BYTES} bytes`);
  context.header('Content-Type', 'application/octet-stream');
  context.header('Content-Length', String(total));
  return stream(context, async (output) => {
    for (let left = total; left > 0 && !output.aborted; left -= CHUNK.length) {
      await output.write(CHUNK.subarray(0, Math.min(left, CHUNK.length)));
    }
  });
}

function refuse(context: Context, error: string): Response {
  return context.json({ error }, 400);
}

function wholeNumber(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
