import { AppError } from '../../shared/app-error.ts';
import type { LoginDescription } from '../../shared/logins/login.ts';
import { textAt } from './find-login-fields.ts';
import type { Quote } from './quote.ts';

/** An answer that has been read. */
export interface ReadReply {
  readonly status: number;
  /** `undefined` where it is not JSON. */
  readonly json: unknown;
  readonly quote: Quote;
}

/** Where providers say in words what is wrong. */
const REASONS =
  'error_description, message, errors[0].message, error.message, reason, detail, error, errors[0].code';

/** Why an answer is none that gives a token; `null` where it may be. */
export function refusalOf(reply: ReadReply, { success }: Pick<LoginDescription, 'success'>): AppError | null {
  const { status, json, quote } = reply;
  if (status >= 300 && status < 400) {
    return loginFailed(
      status,
      `it redirects (${status}), and secrets do not follow a redirect. Check the URL`,
      false,
    );
  }
  const fails = success !== null && textAt(json, success.path) !== success.value;
  if (status < 400 && !fails) return null;
  const words = textAt(json, REASONS);
  const reason = words === null ? '' : `: "${quote(words)}"`;
  const answered =
    fails && status < 400 ? `${success.path} is ${quote(textAt(json, success.path) ?? 'missing')}` : status;
  return loginFailed(status, `it answered ${answered}${reason}`, isVerdict(status));
}

/** A server that is busy or broken says nothing about a password. */
function isVerdict(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

/** @param isFinal trying again with the same would be refused again, and might lock the account */
function loginFailed(status: number, reason: string, isFinal: boolean): AppError {
  return new AppError('LOGIN_FAILED', `The provider refused: ${reason}.`, { status, isFinal });
}
