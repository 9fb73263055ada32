import type { FailedTimeline } from './requests/response.ts';

/**
 * Every way in which Tessera says no. A code is a promise: the window and scripts branch on it, so it is
 * never renamed and never reused; the message may be improved at any time.
 */
export const ERROR_CODES = [
  // wrong usage or input
  'INVALID_INPUT',
  'INVALID_FILE',
  'NAME_TAKEN',
  'APP_NOT_FOUND',
  'TOKEN_NOT_FOUND',
  'COOKIE_NOT_FOUND',
  'COLLECTION_NOT_FOUND',
  'REQUEST_NOT_FOUND',
  'RESPONSE_NOT_FOUND',
  'FILE_NOT_FOUND',
  'VARIABLE_NOT_FOUND',
  'CHECK_NOT_SET',
  'COLLECTION_INVALID',
  'COLLECTION_CONFLICT',
  'WRITE_FAILED',
  // vault
  'VAULT_NOT_FOUND',
  'VAULT_EXISTS',
  'VAULT_LOCKED',
  'VAULT_READ_ONLY',
  'VAULT_DAMAGED',
  'VAULT_NEWER_FORMAT',
  'VAULT_KDF_REFUSED',
  'WRONG_PASSPHRASE',
  'WRONG_RECOVERY_CODE',
  'KEYCHAIN_UNAVAILABLE',
  'KEYCHAIN_KEY_MISSING',
  'KEY_SLOT_NOT_FOUND',
  'LAST_KEY_SLOT',
  'CONFIRMATION_NEEDED',
  'RECORD_DAMAGED',
  'BACKUP_DAMAGED',
  'BACKUP_NOT_FOUND',
  // refused by policy
  'ORIGIN_NOT_ALLOWED',
  'TOKEN_EXPIRED',
  'TOKEN_COMPROMISED',
  'TOKEN_OF_OTHER_APP',
  'SECRET_IN_FILE',
  'FILE_NOT_ALLOWED',
  // logins
  'LOGIN_NEEDED',
  'LOGIN_FAILED',
  'REFRESH_FAILED',
  'TWO_FACTOR_NEEDED',
  // the provider
  'PROVIDER_CANNOT',
  'PROVIDER_REFUSED',
  'TOKEN_NOT_LINKED',
  // network
  'NETWORK_DNS',
  'NETWORK_REFUSED',
  'NETWORK_UNREACHABLE',
  'NETWORK_TLS',
  'NETWORK_TIMEOUT',
  'NETWORK_RESET',
  'NETWORK_PROTOCOL',
  'NETWORK_FAILED',
  'PROXY_FAILED',
  'PROXY_AUTH_REQUIRED',
  'TOO_MANY_REDIRECTS',
  'BODY_TOO_LARGE',
  'CANCELLED',
  // a program that `exec` runs
  'PROGRAM_NOT_FOUND',
  'PROGRAM_NOT_EXECUTABLE',
  // the practice API
  'PRACTICE_PORT_IN_USE',
  'PRACTICE_FAILED',
  // the boundary
  'SENDER_REFUSED',
  'UNEXPECTED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts about an error that a program may use: never a secret, never a payload. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An error as it crosses the boundary, is printed with `--json`, and is shown. */
export interface AppErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: ErrorDetails;
  /** How far a request got that was sent and not answered. */
  readonly timeline?: FailedTimeline;
}

interface AppErrorOptions extends ErrorOptions {
  readonly timeline?: FailedTimeline | undefined;
}

/**
 * A failure that Tessera foresaw. The message is for people: what is wrong, where, and what to do.
 * Anything thrown that is not an `AppError` is a defect and crosses the boundary as `UNEXPECTED`.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly timeline: FailedTimeline | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails, options?: AppErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
    this.timeline = options?.timeline;
  }

  toData(): AppErrorData {
    const { code, message, details, timeline } = this;
    return { code, message, ...(details && { details }), ...(timeline && { timeline }) };
  }

  static from({ code, message, details, timeline }: AppErrorData): AppError {
    return new AppError(code, message, details, { timeline });
  }
}

/** What a call over the boundary answers. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: AppErrorData };
