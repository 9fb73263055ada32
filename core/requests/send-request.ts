import { AppError } from '../../shared/app-error.ts';
import type { Attempt } from '../../shared/requests/rate-limit.ts';
import type { Request } from '../../shared/requests/request.ts';
import type { Response } from '../../shared/requests/response.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { Originals } from '../redaction/originals.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { mediaTypeOf } from '../responses/media-type.ts';
import { Spool } from '../spool/spool.ts';
import { buildBody } from './build-body.ts';
import { buildHeaders } from './build-headers.ts';
import { checkAssertions } from './check-assertions.ts';
import { checkCompromised } from './check-compromised.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkOrigin } from './check-origin.ts';
import { chooseToken } from './choose-token.ts';
import { type Exchange, followRedirects } from './follow-redirects.ts';
import {
  type Credential,
  checkForm,
  credentialPlace,
  makeCredential,
  yieldsToTyped,
} from './inject-credential.ts';
import { readRateLimit } from './rate-limit.ts';
import { BODY_CAP, BodyReceiver } from './receive-body.ts';
import { redactError, redactHeaders, redactHops } from './redact-facts.ts';
import { refreshRefused, refreshToken } from './refresh-token.ts';
import { resolveUrl } from './resolve-url.ts';
import { resolveVariables } from './resolve-variables.ts';
import { ResponseBody } from './response-body.ts';
import { Retries } from './retries.ts';
import type { LiveHead, SendContext } from './send-context.ts';
import type { AnswerHead } from './send-hop.ts';
import { Stopper } from './stopper.ts';
import { holdsSecret, type PlannedHop } from './withhold-credentials.ts';

export interface Answer {
  readonly response: Response;
  /** Decoded and redacted. Whoever has the answer closes it. */
  readonly body: Spool;
  /** What its masks hide, where that was asked for. Whoever has the answer wipes it. */
  readonly originals: Originals | null;
}

/**
 * Sends a request with a token of its app, and gives the answer with every known secret masked. The steps,
 * in this order: fill in variables, find the URL, choose the token, refresh it where that is due, check its
 * expiry, check the origin, put the credential in, send, decide again at every redirect, receive, refresh and
 * send once more after a 401, redact, assert.
 *
 * An answer that breaks off, or is cancelled while it comes, is still an answer: `response.failure` says why.
 * Only where none came is there an error.
 *
 * @throws AppError with the code of the step that said no; its message holds no secret
 */
export async function sendRequest(request: Request, context: SendContext): Promise<Answer> {
  let token: Token | null = null;
  try {
    const prepared = await prepare(request, context);
    token = prepared.token;
    return await sendPrepared(prepared, request, context);
  } catch (error) {
    throw error instanceof AppError ? redactError(error, context.redactor, credentialName(token)) : error;
  }
}

/** A request that nothing speaks against. */
interface Prepared {
  readonly planned: PlannedHop;
  readonly token: Token | null;
}

async function sendPrepared(
  { planned, token }: Prepared,
  request: Request,
  context: SendContext,
): Promise<Answer> {
  const { now, signal, waitForRetry: wait } = context;
  const { method } = planned;
  const retries = new Retries({ retries: request.retries, method, now, signal, ...(wait && { wait }) });
  let started = performance.now();
  const sent = await retries.run(() => {
    started = performance.now();
    return exchangeTwiceAtMost(planned, token, request, context, retries);
  });
  try {
    return describeAnswer(sent, token, { started, attempts: retries.attempts }, request, context);
  } catch (error) {
    sent.exchange.body.discard();
    throw error;
  }
}

/** Everything that can be said no to before anything is sent. */
async function prepare(request: Request, context: SendContext): Promise<Prepared> {
  const { app, redactor, now, sendExpired, sendCompromised = false } = context;
  const resolved = resolveVariables(request, context);
  const url = resolveUrl(resolved.url, app.baseUrl);
  const body = await buildBody(resolved.body, { locate: context.locateFile, redactor });
  const headers = buildHeaders(resolved.headers, body.contentType);
  const planned = { url, method: resolved.method, headers, body: body.content };
  const choice = chooseToken(resolved.auth, context.inheritedAuth, context);
  const typed = new Set(headers.map(([name]) => name.toLowerCase()));
  const chosen =
    choice.token !== null && yieldsToTyped(choice.token, choice.named, typed) ? null : choice.token;
  if (chosen !== null) {
    checkCompromised(chosen, sendCompromised);
    const token = await refreshToken(chosen, context);
    // One that was just got is as good as it gets, however short its life.
    if (token === chosen) checkExpiry(token, now(), sendExpired);
    checkOrigin(url, app, `the token ${token.name}`);
    checkForm(token, planned);
    return { planned, token };
  }
  if (holdsSecret(planned, redactor)) {
    checkOrigin(url, app, 'a secret of this app, which stands in the request');
  }
  return { planned, token: null };
}

/** What came, and what masks it. */
interface Sent {
  readonly exchange: Exchange;
  readonly redactor: Redactor;
  /** What became of the token on the way, in words. */
  readonly note: string | null;
}

async function exchangeTwiceAtMost(
  planned: PlannedHop,
  token: Token | null,
  request: Request,
  context: SendContext,
  retries: Retries,
): Promise<Sent> {
  const first = await exchangeOver(planned, token, request, context, retries);
  const renewed = await refreshRefused(token, first.exchange, context).catch((error: unknown) => {
    first.exchange.body.discard();
    throw error;
  });
  if (renewed === null) return first;
  if (renewed instanceof AppError) return { ...first, note: renewed.message };
  first.exchange.body.discard();
  const second = await exchangeOver(planned, renewed, request, context, retries);
  return {
    ...second,
    note: 'The server refused the access token. It was renewed, and the request sent again.',
  };
}

async function exchangeOver(
  planned: PlannedHop,
  token: Token | null,
  request: Request,
  context: SendContext,
  retries: Retries,
): Promise<Sent> {
  const stopper = new Stopper(context.signal, request.timeoutMs);
  try {
    const { connections } = context;
    // Before anything is opened that could not be sent.
    await connections.dispatcher(planned.url);
    const credential = token === null ? null : openCredential(token, context);
    // Of the same moment: it knows what is sent.
    const { redactor } = context;
    const exchange = await followRedirects(planned, {
      connections,
      policy: {
        app: context.app,
        redactor,
        credential,
        cookies: request.cookies ? context.cookies : null,
        firstOrigin: planned.url.origin,
      },
      maxRedirects: request.maxRedirects,
      stopper,
      receive: (head, url) => {
        const spool = new Spool(context.spoolFolder);
        const isWatched = context.isWatched === true;
        if (isWatched && mediaTypeOf(head.headers) === 'text/event-stream') stopper.waitOn();
        if (!retries.isFollowed(head)) context.onHead?.(liveHead(head, url, spool, redactor));
        return new BodyReceiver({
          contentEncoding:
            head.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '',
          redaction: redactor.stream({
            prompt: isWatched && isOfUnknownLength(head),
            ...(context.keepsOriginals === true ? { originals: new Originals() } : {}),
          }),
          spool,
          cap: context.bodyCap ?? BODY_CAP,
          onProgress: context.onProgress,
          onDecoded: context.onDecoded,
        });
      },
    });
    return { exchange, redactor, note: null };
  } finally {
    stopper.done();
  }
}

/** Such an answer may come bit by bit. */
function isOfUnknownLength({ headers }: AnswerHead): boolean {
  return !headers.some(([name]) => name.toLowerCase() === 'content-length');
}

function liveHead(head: AnswerHead, url: URL, body: Spool, redactor: Redactor): LiveHead {
  return {
    status: head.status,
    statusText: redactor.text(head.statusText).text,
    headers: redactHeaders(head.headers, redactor).headers,
    url: redactor.text(url.href).text,
    body,
  };
}

function openCredential(token: Token, { openSecret, noteUse }: SendContext): Credential {
  noteUse?.(token);
  return makeCredential(token, openSecret(token.id));
}

/** Of the header or parameter that a token goes in; empty for Authorization, and for none. */
function credentialName(token: Token | null): string {
  return token === null ? '' : credentialPlace(token).name;
}

function describeAnswer(
  { exchange, redactor, note }: Sent,
  token: Token | null,
  { started, attempts }: { readonly started: number; readonly attempts: readonly Attempt[] },
  request: Request,
  { provider, now }: SendContext,
): Answer {
  const ended = performance.now();
  const { head, body: receiver } = exchange;
  const redacted = redactHeaders(head.headers, redactor);
  const trailers = redactHeaders(exchange.trailers, redactor);
  const statusText = redactor.text(head.statusText);
  const failure = exchange.failure === null ? null : redactError(exchange.failure, redactor, '');
  const body = new ResponseBody(receiver.spool);
  const facts = {
    status: head.status,
    statusText: statusText.text,
    headers: redacted.headers,
    timings: {
      waitMs: exchange.headAt - started,
      downloadMs: ended - exchange.headAt,
      totalMs: ended - started,
    },
  };
  const response: Response = {
    ...facts,
    httpVersion: head.httpVersion,
    url: redactor.text(exchange.url.href).text,
    hops: redactHops(exchange.hops, redactor, credentialName(token)),
    trailers: trailers.headers,
    mediaType: mediaTypeOf(redacted.headers),
    bodyBytes: receiver.bodyBytes,
    truncated: exchange.truncated,
    failure: failure?.toData() ?? null,
    redactions: receiver.redactions + redacted.count + trailers.count + statusText.count,
    hint: provider?.hint(head.status, body.smallJson()) ?? null,
    token: token?.name ?? null,
    attempts,
    rateLimit: readRateLimit(redacted.headers, now()),
    notices: note === null ? [] : [note],
    assertions: checkAssertions(request.assertions, { ...facts, body }, redactor),
  };
  receiver.originals?.keepHeaders(head.headers);
  return { response, body: receiver.spool, originals: receiver.originals };
}
