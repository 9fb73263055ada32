import { AppError } from '../../shared/app-error.ts';
import type { App, AppCheck } from '../../shared/apps/app.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { type Request, requestSchema } from '../../shared/requests/request.ts';
import type { JwtClaims } from '../../shared/tokens/jwt.ts';
import { isObtained, type Token, type TokenCheck } from '../../shared/tokens/token.ts';
import type { TokenCheckResult, TokenCheckSummary } from '../../shared/tokens/token-check.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Introspection } from '../oauth/introspection.ts';
import type { Provider, ProviderAnswer, TokenFacts } from '../providers/provider.ts';
import { judgeAnswer } from '../providers/read-answer.ts';
import { excerpt } from '../redaction/excerpt.ts';
import type { Answer } from '../requests/send-request.ts';
import { readClaims, readIntrospection, type WordedFacts } from './check-without-request.ts';
import { type TakenOver, takeOverFacts } from './take-over-facts.ts';

/** Checks under way at once: providers count requests, and this is not worth their anger. */
const AT_ONCE = 4;

/** A write is of the whole file of an app. */
const WRITTEN_AT_ONCE = 100;

/** Of longer answers no more than the status is read. */
const READ_BYTES = 1024 * 1024;
const IDENTITY_LENGTH = 400;
const MESSAGE_LENGTH = 2000;

/** What a check found out about a token. */
export interface CheckFound {
  readonly token: Token;
  /** What changes in the token as it is when this is written: somebody may have edited it meanwhile. */
  readonly changesOf: (token: Token) => CheckChanges;
}

export type CheckChanges = TakenOver['changes'] & { readonly check: TokenCheck };

export interface CheckContext {
  readonly app: App;
  readonly providerOf: (id: ProviderId | null) => Provider | null;
  /** Through the one pipeline: expiry, origin and redaction hold for a check as for any request. */
  readonly send: (request: Request, signal: AbortSignal) => Promise<Answer>;
  /** What an authorization server says of a token; `null` where it cannot be asked. @see Logins.introspect */
  readonly introspect: (token: Token, signal: AbortSignal) => Promise<Introspection | null>;
  /** Masks the app's secrets: what is read out of an answer may be one that was written in another way there. */
  readonly redact: (text: string) => string;
  /** What the token says of itself, where it is a JWT. */
  readonly claims: (token: Token) => JwtClaims | null;
  /** Writes what was found, many in one go. @returns whether it was kept */
  readonly keep: (found: readonly CheckFound[]) => boolean;
  readonly now: () => Date;
  /** Whether expiry and scopes that the provider says take the place of those that somebody typed. */
  readonly replacesTyped: boolean;
  readonly signal: AbortSignal;
  readonly onResult: (result: TokenCheckResult, done: number, total: number) => void;
}

/**
 * Asks the provider about each token, a few at a time, by its cheapest request, and keeps what it says. A
 * token that could not be asked about is `unclear`; only where nothing can be asked at all is there an error.
 *
 * @throws AppError `CHECK_NOT_SET` where that is so of all of them, `VAULT_LOCKED`
 */
export async function checkTokens(
  tokens: readonly Token[],
  context: CheckContext,
): Promise<TokenCheckSummary> {
  const waiting = tokens.map((token) => planOf(token, context));
  if (waiting.every((plan) => isHopeless(plan, context))) throw notSet(context.app);
  const results: TokenCheckResult[] = [];
  const unwritten: CheckFound[] = [];
  let isKept = true;
  const write = () => {
    if (unwritten.length > 0) isKept = context.keep(unwritten.splice(0)) && isKept;
  };
  const work = async () => {
    for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
      const said = await checkToken(plan, context);
      if (said === null) return;
      const found = redacted(said, context);
      const result = resultOf(plan.token, found, context);
      results.push(result);
      unwritten.push({
        token: plan.token,
        changesOf: (token) => changesOf(token, found, result.check.at, context),
      });
      if (unwritten.length >= WRITTEN_AT_ONCE) write();
      context.onResult(result, results.length, tokens.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  write();
  return { results, cancelled: results.length < tokens.length, isKept };
}

function redacted(found: Findings, { redact }: CheckContext): Findings {
  const { identity, scopes } = found.facts;
  const facts: TokenFacts = {
    ...found.facts,
    ...(identity !== undefined && { identity: excerpt(identity, IDENTITY_LENGTH, redact) }),
    ...(scopes !== undefined && { scopes: scopes.map(redact) }),
  };
  return { ...found, facts, message: redact(found.message) };
}

/** How one token is checked. */
interface Plan {
  readonly token: Token;
  readonly provider: Provider | null;
  /** `null`: nothing is known of how to. */
  readonly request: AppCheck | null;
  /** Whether the request is the provider's, so that its answer has the fields that the provider documents. */
  readonly isProviders: boolean;
}

function planOf(token: Token, { app, providerOf }: CheckContext): Plan {
  const provider = providerOf(token.provider ?? app.provider);
  const check = provider?.check ?? null;
  const isForeign = token.provider !== null && token.provider !== app.provider;
  if (isForeign && (app.provider !== null || app.check === null)) {
    // The app's base URL is another provider's.
    const base = provider?.baseUrls[0]?.url ?? '{}';
    const request = check === null || base.includes('{') ? null : { ...check, path: `${base}${check.path}` };
    return { token, provider, request, isProviders: true };
  }
  return { token, provider, request: app.check ?? check, isProviders: app.check === null };
}

function notSet({ name }: App): AppError {
  return new AppError(
    'CHECK_NOT_SET',
    `Nothing is known of how to check a token of ${name}. Set the app's check: a request that answers 2xx to a good token, such as GET /me.`,
    { app: name },
  );
}

/** Whether there is nobody to ask, and nothing to read in the token itself. */
function isHopeless({ token, request }: Plan, { claims }: CheckContext): boolean {
  return request === null && token.oauth === null && (isObtained(token) || claims(token) === null);
}

/** @returns `null` where it was cancelled */
async function checkToken(plan: Plan, context: CheckContext): Promise<Findings | null> {
  const { token, request } = plan;
  try {
    const introspection = await context.introspect(token, context.signal);
    if (introspection !== null) return { ...readIntrospection(introspection), code: null };
    if (request === null) return withoutRequest(token, context);
    const { answer, text } = await ask(token, request, context);
    return await findings(plan, answer, text, context);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'VAULT_LOCKED') throw error;
    if (error.code === 'CANCELLED' || context.signal.aborted) return null;
    return { verdict: 'unclear', facts: {}, message: error.message, code: error.code };
  }
}

/** @throws AppError `CHECK_NOT_SET` where it is no JWT */
function withoutRequest(token: Token, { app, claims, now }: CheckContext): Findings {
  const found = isObtained(token) ? null : claims(token);
  if (found === null) throw notSet(app);
  return { ...readClaims(found, now()), code: null };
}

interface Asked {
  readonly answer: ProviderAnswer;
  /** What the pipeline says of it, for people. */
  readonly text: string;
}

/** @throws AppError where no answer came */
async function ask(token: Token, { method, path }: AppCheck, context: CheckContext): Promise<Asked> {
  // A redirect is not followed: it leads to a page to sign in, which answers 200 to everybody. A cookie could
  // speak for a token that is no good.
  const request = requestSchema.parse({
    // A token that stands in a form needs one to stand in.
    ...(isInForm(token) ? { method: 'POST', body: { kind: 'form', fields: [] } } : { method }),
    url: path,
    auth: { kind: 'token', name: token.name },
    maxRedirects: 0,
    cookies: false,
  });
  const { response, body } = await context.send(request, context.signal);
  using spool = body;
  const { status, statusText, headers, hint, failure } = response;
  const json = spool.length > READ_BYTES ? undefined : parseJson(spool.toBuffer().toString('utf8'));
  const answer = { status, headers, body: json, receivedAt: context.now() };
  const text = [`${status} ${statusText}`.trim(), ...(failure === null ? [] : [failure.message])].join('. ');
  return { answer, text: hint ?? `The answer is ${text}.` };
}

function isInForm({ scheme, sentIn }: Token): boolean {
  return scheme === 'query' && sentIn === 'form';
}

interface Findings extends WordedFacts {
  readonly code: AppError['code'] | null;
}

async function findings(
  plan: Plan,
  answer: ProviderAnswer,
  text: string,
  context: CheckContext,
): Promise<Findings> {
  const { token, provider, isProviders } = plan;
  // An answer to another request than the provider's need not be JSON.
  const verdict = judgeAnswer(isProviders || provider?.judge !== undefined ? provider : null, answer);
  const isGood = verdict === 'accepted' || verdict === 'limited';
  const claims = isGood ? context.claims(token) : null;
  const facts: TokenFacts = {
    ...(claims?.expiresAt ? { expiresAt: claims.expiresAt } : {}),
    ...(claims !== null && claims.scopes.length > 0 ? { scopes: claims.scopes } : {}),
    ...(verdict === 'accepted' && isProviders ? await factsOf(plan, answer, context) : {}),
  };
  const message = verdict === 'accepted' ? 'The provider accepts it.' : text;
  return { verdict, facts, message, code: null };
}

/** What the answer says, and where it lacks the expiry, what a second one says. */
async function factsOf(
  { token, provider }: Plan,
  answer: ProviderAnswer,
  context: CheckContext,
): Promise<TokenFacts> {
  if (provider?.readFacts === undefined) return {};
  const facts = provider.readFacts(answer);
  if (provider.factsRequest === undefined || facts.expiresAt !== undefined) return facts;
  try {
    const further = await ask(token, provider.factsRequest, context);
    return judgeAnswer(provider, further.answer) === 'accepted'
      ? { ...provider.readFacts(further.answer), ...facts }
      : facts;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'VAULT_LOCKED' && error.code !== 'CANCELLED')
      return facts;
    throw error;
  }
}

function resultOf(token: Token, found: Findings, context: CheckContext): TokenCheckResult {
  const { check } = changesOf(token, found, context.now().toISOString(), context);
  return {
    tokenId: token.id,
    name: token.name,
    check,
    isLimited: found.verdict === 'limited',
    code: found.code,
  };
}

function changesOf(
  token: Token,
  { verdict, facts, message }: Findings,
  at: string,
  { replacesTyped }: CheckContext,
): CheckChanges {
  const { changes, remarks } = takeOverFacts(token, facts, replacesTyped);
  const before = token.check;
  const check: TokenCheck = {
    at,
    outcome: verdict === 'limited' ? 'accepted' : verdict,
    // What the provider does not say any more is still worth knowing.
    identity: facts.identity ?? before?.identity ?? null,
    message: [message, ...remarks].join(' ').slice(0, MESSAGE_LENGTH),
    expiresAt: facts.expiresAt ?? before?.expiresAt ?? null,
    scopes: facts.scopes === undefined ? (before?.scopes ?? null) : [...facts.scopes],
  };
  return { ...changes, check };
}
