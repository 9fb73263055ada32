import { AppError } from '../../shared/app-error.ts';
import type { Login, LoginDescription, LoginRequest, LoginTrial } from '../../shared/logins/login.ts';
import { LOGIN_FIELDS } from '../../shared/logins/login.ts';
import { parseJson } from '../json/parse-json.ts';
import { makeCredential, withFormField, withParameter } from '../requests/inject-credential.ts';
import { fillLoginRequest, type LoginValues } from './fill-login-request.ts';
import { findLoginFields, pathsIn, textAt } from './find-login-fields.ts';
import { type Grant, inSeconds, instantOf } from './grant.ts';
import { type LoginExchange, type LoginMessage, sendLoginMessage } from './login-exchange.ts';
import { type ReadReply, refusalOf } from './login-refusal.ts';
import { quoteWithout } from './quote.ts';

/** A login, and how to reach its provider. */
export interface LoginContext extends LoginExchange {
  readonly login: Login;
  readonly now: () => Date;
}

/** A sign-in ends with a grant, or goes on with a code that the user has been sent. */
export type SignInResult =
  | { readonly kind: 'grant'; readonly grant: Grant }
  | { readonly kind: 'two-factor'; readonly twoFactorToken: string };

/** @throws AppError `LOGIN_FAILED` where the provider refuses */
export async function signIn(context: LoginContext, password: string): Promise<SignInResult> {
  const { description } = context.login;
  const reply = await exchange(description.signIn, { password }, context);
  const twoFactorToken = twoFactorTokenIn(reply, description);
  if (twoFactorToken !== null) return { kind: 'two-factor', twoFactorToken };
  return { kind: 'grant', grant: await grantOf(reply, context) };
}

/** Has the code sent to the user, where the login has a request for that. */
export async function sendCode(context: LoginContext, twoFactorToken: string): Promise<void> {
  const request = context.login.description.twoFactor?.sendCode ?? null;
  if (request === null) return;
  throwRefusal(await exchange(request, { twoFactorToken }, context), context.login.description);
}

/** Ends a sign-in by the code. @throws AppError `LOGIN_FAILED` */
export async function verifyCode(
  context: LoginContext,
  twoFactorToken: string,
  code: string,
): Promise<Grant> {
  const { description } = context.login;
  if (description.twoFactor === null) {
    throw new AppError('LOGIN_FAILED', 'This login has no second step: sign in without a code.');
  }
  const reply = await exchange(description.twoFactor.verifyCode, { twoFactorToken, code }, context);
  return grantOf(reply, context);
}

/** @throws AppError `LOGIN_FAILED` where the provider refuses */
export async function refreshGrant(
  context: LoginContext,
  request: LoginRequest,
  values: Pick<LoginValues, 'refreshToken' | 'accessToken'>,
): Promise<Grant> {
  return grantOf(await exchange(request, values, context), context);
}

/** Tells the provider that the session is over. @throws AppError `LOGIN_FAILED` where it refuses */
export async function endSession(
  context: LoginContext,
  values: Pick<LoginValues, 'refreshToken' | 'accessToken'>,
): Promise<void> {
  const { endSession: request } = context.login.description;
  if (request === null) return;
  throwRefusal(await exchange(request, values, context), context.login.description);
}

/** Signs in without keeping anything, and says what the answer holds. */
export async function tryLogin(context: LoginContext, password: string): Promise<LoginTrial> {
  const { description } = context.login;
  const reply = await exchange(description.signIn, { password }, context);
  const refusal = refusalOf(reply, description);
  const asksForCode = twoFactorTokenIn(reply, description) !== null;
  const fields = findLoginFields(reply.json, description.answer);
  const found = LOGIN_FIELDS.filter((field) => fields[field] !== undefined);
  const outcome = asksForCode
    ? 'two-factor'
    : refusal === null && found.includes('accessToken')
      ? 'signed-in'
      : 'refused';
  const messages = {
    'signed-in': 'The sign-in works.',
    'two-factor': 'The provider asks for a code now. That much works.',
    refused: refusal?.message ?? noAccessToken(description).message,
  };
  return {
    status: reply.status,
    outcome,
    found,
    paths: pathsIn(reply.json).map(reply.quote),
    message: messages[outcome],
  };
}

async function exchange(
  request: LoginRequest,
  given: LoginValues,
  context: LoginContext,
): Promise<ReadReply> {
  const { username, domain, clientId } = context.login;
  const message = fillLoginRequest(request, { username, domain, clientId, ...given }, context.app.baseUrl);
  const carried = request.withAccessToken
    ? withAccessToken(message, context.login, given.accessToken ?? '')
    : message;
  const { status, body } = await sendLoginMessage(carried, context);
  return {
    status,
    json: parseJson(body.toString('utf8')),
    quote: quoteWithout(Object.values(given), context),
  };
}

function withAccessToken(message: LoginMessage, login: Login, accessToken: string): LoginMessage {
  const shape = { scheme: 'login', login, field: null, sentIn: 'url', tokenId: null } as const;
  const credential = makeCredential(shape, Buffer.from(accessToken));
  switch (credential.kind) {
    case 'header':
      return { ...message, headers: [...message.headers, credential.line] };
    case 'query':
      return { ...message, url: withParameter(message.url, credential.name, credential.value) };
    case 'form':
      return withFormField(message, credential.name, credential.value);
  }
}

/** `null` where no code is asked for. */
function twoFactorTokenIn(
  { status, json }: ReadReply,
  { twoFactor, answer }: LoginDescription,
): string | null {
  if (twoFactor === null || status >= 400 || textAt(json, answer.accessToken) !== null) return null;
  return textAt(json, twoFactor.token);
}

function throwRefusal(reply: ReadReply, description: LoginDescription): void {
  const refusal = refusalOf(reply, description);
  if (refusal !== null) throw refusal;
}

/** What was given, and until when, where another request says that. */
async function grantOf(reply: ReadReply, context: LoginContext): Promise<Grant> {
  const grant = grantIn(reply, context.login.description, context.now());
  if (grant.expiresAt !== null) return grant;
  return { ...grant, expiresAt: await askExpiry(grant.accessToken, context) };
}

/** RFC 3339 in UTC; `null` where nobody says: a sign-in that worked does not fail for that. */
async function askExpiry(accessToken: string, context: LoginContext): Promise<string | null> {
  const { description } = context.login;
  if (description.expiry === null) return null;
  try {
    const reply = await exchange(description.expiry, { accessToken }, context);
    if (refusalOf(reply, description) !== null) return null;
    return endIn(findLoginFields(reply.json, description.answer), context.now());
  } catch (error) {
    if (error instanceof AppError && error.code !== 'CANCELLED') return null;
    throw error;
  }
}

function grantIn(reply: ReadReply, description: LoginDescription, now: Date): Grant {
  throwRefusal(reply, description);
  const found = findLoginFields(reply.json, description.answer);
  if (found.accessToken === undefined) throw noAccessToken(description);
  return {
    accessToken: found.accessToken,
    refreshToken: found.refreshToken ?? null,
    expiresAt: endIn(found, now),
    refreshExpiresAt: inSeconds(found.refreshExpiresIn, now),
  };
}

/** Seconds from now need no clock that agrees with the provider's. */
function endIn({ expiresIn, expiresAt }: ReturnType<typeof findLoginFields>, now: Date): string | null {
  return inSeconds(expiresIn, now) ?? instantOf(expiresAt);
}

function noAccessToken({ answer }: LoginDescription): AppError {
  return new AppError(
    'LOGIN_FAILED',
    `The provider answered, but there is no access token at ${answer.accessToken} in its answer. Check the description of the login.`,
  );
}
