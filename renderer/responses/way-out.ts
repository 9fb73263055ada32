import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import { isOriginAllowed } from '../../shared/apps/allowed-origin.ts';
import type { App } from '../../shared/apps/app.ts';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';
import type { SendAnyway } from '../requests/sends-store.ts';

/** The one thing to do about a request that was stopped. */
export type WayOut =
  | { readonly kind: 'allow'; readonly origin: string }
  | { readonly kind: 'rotate' | 'connect'; readonly token: TokenListItem }
  | { readonly kind: 'connection' | 'choose-token' | 'add-token' | 'send-again' };

interface Stopped {
  readonly error: AppError;
  readonly app: App;
  readonly tokens: readonly TokenListItem[];
}

const WAYS: Partial<Record<ErrorCode, (stopped: Stopped) => WayOut | null>> = {
  ORIGIN_NOT_ALLOWED: allowing,
  TOKEN_EXPIRED: rotating,
  TOKEN_COMPROMISED: rotating,
  TOKEN_NOT_FOUND: choosing,
  TOKEN_OF_OTHER_APP: choosing,
  VARIABLE_NOT_FOUND: (stopped) =>
    String(stopped.error.details?.variable).startsWith('vault.') ? choosing(stopped) : null,
  LOGIN_NEEDED: connecting,
  REFRESH_FAILED: connecting,
  TWO_FACTOR_NEEDED: connecting,
  PROXY_FAILED: () => ({ kind: 'connection' }),
  PROXY_AUTH_REQUIRED: () => ({ kind: 'connection' }),
  NETWORK_TLS: ({ error }) => (BY_SERVER_ALONE.has(error.details?.cause) ? null : { kind: 'connection' }),
};

/** What no setting here helps against but the one that checks nothing, which nobody is to be led to. */
const BY_SERVER_ALONE: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
]);

/** What leads on after `error`, by its code; `null`: its words alone. */
export function wayOut(error: unknown, app: App, tokens: readonly TokenListItem[]): WayOut | null {
  return error instanceof AppError ? (WAYS[error.code]?.({ error, app, tokens }) ?? null) : null;
}

/** What to add to a request that was stopped for the user's own good; `null`: there is no way past this. */
export function wayPast(error: unknown, before: SendAnyway = {}): SendAnyway | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'TOKEN_EXPIRED') return { ...before, sendExpired: true };
  return error.code === 'TOKEN_COMPROMISED' ? { ...before, sendCompromised: true } : null;
}

function allowing({ error, app }: Stopped): WayOut | null {
  const origin = error.details?.origin;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return null;
  return isOriginAllowed(new URL(origin), app.allowedOrigins)
    ? { kind: 'send-again' }
    : { kind: 'allow', origin };
}

function rotating(stopped: Stopped): WayOut | null {
  const token = tokenOf(stopped);
  if (token === undefined || isObtained(token)) return null;
  const isMended = token.state.kind !== 'expired' && token.state.kind !== 'compromised';
  return isMended ? { kind: 'send-again' } : { kind: 'rotate', token };
}

function choosing({ tokens }: Stopped): WayOut {
  return { kind: tokens.length === 0 ? 'add-token' : 'choose-token' };
}

function connecting(stopped: Stopped): WayOut | null {
  const token = tokenOf(stopped);
  return token === undefined ? null : { kind: 'connect', token };
}

function tokenOf({ error, tokens }: Stopped): TokenListItem | undefined {
  return tokens.find(({ name }) => name === error.details?.token);
}
