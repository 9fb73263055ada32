import { AppError } from '../../shared/app-error.ts';
import type { LoginDescription } from '../../shared/logins/login.ts';
import { textAt } from './find-login-fields.ts';
import { quoted } from './login-exchange.ts';

/** An answer, with what was sent for it. */
export interface ReadReply {
  readonly status: number;
  /** `undefined` where it is not JSON. */
  readonly json: unknown;
  /** What was sent, to be masked in the server's words. */
  readonly secrets: readonly string[];
}

/** Where providers say in words what is wrong. */
const REASONS =
  'error_description, message, errors[0].message, error.message, reason, detail, error, errors[0].code';

/** Why an answer is none that gives a token; `null` where it may be. */
export function refusalOf(reply: ReadReply, { success }: Pick<LoginDescription, 'success'>): AppError | null {
  const { status, json, secrets } = reply;
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
  const reason = words === null ? '' : `: "${quoted(words, secrets)}"`;
  const answered =
    fails && status < 400
      ? `${success.path} is ${quoted(textAt(json, success.path) ?? 'missing', secrets)}`
      : status;
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
