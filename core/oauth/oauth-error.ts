import * as oauth4webapi from 'oauth4webapi';
import { AppError } from '../../shared/app-error.ts';
import type { Quote } from '../logins/quote.ts';

/** What the error codes of OAuth mean, and what to do. */
const MEANINGS: Readonly<Record<string, string>> = {
  invalid_client:
    'the client is unknown, or its secret is wrong. Check client ID, client secret and how they are sent',
  invalid_grant:
    'what was to be exchanged is not valid any more: it has expired, was used before, or was revoked. Sign in anew',
  invalid_scope: 'a scope is unknown, or this client may not ask for it',
  unauthorized_client: 'this client may not use this grant. Allow it where the client is registered',
  unsupported_grant_type: 'the server does not know this grant. Choose another one',
  access_denied: 'the request was declined on the page of the provider',
  expired_token: 'nobody entered the code in time. Start again',
  invalid_request: 'the server does not understand the request',
  invalid_token: 'the token is not valid',
  server_error: 'the server had an error of its own. Try again later',
  temporarily_unavailable: 'the server is busy. Try again later',
};

const TRANSIENT: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/**
 * What went wrong with an authorization server, in plain words.
 *
 * @param what begins the sentence: "The access token could not be got"
 */
export async function explained(error: unknown, what: string, quote: Quote): Promise<AppError> {
  const own = ownError(error);
  if (own !== null) return own;
  if (error instanceof oauth4webapi.ResponseBodyError) {
    return failed(what, error.error, error.error_description, quote, error.status);
  }
  if (error instanceof oauth4webapi.AuthorizationResponseError) {
    return failed(what, error.error, error.error_description, quote, 400);
  }
  if (error instanceof oauth4webapi.WWWAuthenticateChallengeError) {
    const body = await oauthBody(error.response);
    return failed(what, body.error ?? 'invalid_client', body.description, quote, error.status);
  }
  const reason = error instanceof Error ? quote(error.message) : 'unknown reason';
  const status = statusOf(error);
  const answered = status === null ? '' : ` It answered ${status}.`;
  return new AppError(
    'LOGIN_FAILED',
    `${what}: the answer is not what OAuth 2.0 says (${reason}).${answered}`,
    {
      status,
      isFinal: false,
    },
  );
}

/** One of ours, thrown while oauth4webapi was calling. */
function ownError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  return error instanceof Error && error.cause instanceof AppError ? error.cause : null;
}

function failed(
  what: string,
  code: string,
  description: string | undefined,
  quote: Quote,
  status: number,
): AppError {
  const meaning = MEANINGS[code] ?? 'the server says no';
  const words = description === undefined ? '' : ` The server says: "${quote(description)}".`;
  return new AppError('LOGIN_FAILED', `${what}: ${meaning} (${quote(code)}).${words}`, {
    status,
    error: quote(code),
    isFinal: status < 500 && !TRANSIENT.has(code),
  });
}

async function oauthBody(response: Response): Promise<{ error?: string; description?: string }> {
  const text = response.bodyUsed ? '' : await response.text();
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return {};
    const field = (name: string) => {
      const value = Object.entries(json).find(([key]) => key === name)?.[1];
      return typeof value === 'string' ? value : undefined;
    };
    const [error, description] = [field('error'), field('error_description')];
    return { ...(error !== undefined && { error }), ...(description !== undefined && { description }) };
  } catch {
    return {};
  }
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { cause } = error;
  return cause instanceof Response ? cause.status : null;
}
