import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { PracticeClock } from '../practice-clock.ts';
import type { OAuthClient } from './oauth-clients.ts';

export const DEVICE_SECONDS = 600;
/** Short, so that nobody waits long while trying it. */
export const POLL_SECONDS = 1;
const SLOWER_BY_SECONDS = 5;
const MOST_CODES = 1000;
/** No vowels, so that it makes no words (RFC 8628 6.1). */
const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

interface DeviceLogin {
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  readonly userCode: string;
  readonly expiresAt: number;
  readonly grant: string;
  decision: 'allowed' | 'denied' | null;
  intervalSeconds: number;
  lastPollAt: number | null;
}

export type DevicePoll =
  | {
      readonly error:
        | 'invalid_grant'
        | 'expired_token'
        | 'access_denied'
        | 'authorization_pending'
        | 'slow_down';
    }
  | { readonly login: DeviceLogin };

/** Logins of devices that have no browser, by their two codes. */
export class DeviceCodes {
  readonly #clock: PracticeClock;
  readonly #logins = new Map<string, DeviceLogin>();

  constructor(clock: PracticeClock) {
    this.#clock = clock;
  }

  begin(client: OAuthClient, scopes: readonly string[]): { deviceCode: string; userCode: string } {
    const [oldest] = this.#logins.keys();
    if (oldest !== undefined && this.#logins.size >= MOST_CODES) this.#logins.delete(oldest);
    const deviceCode = randomBytes(32).toString('base64url');
    const userCode = newUserCode();
    this.#logins.set(deviceCode, {
      client,
      scopes,
      userCode,
      expiresAt: this.#clock.now() + DEVICE_SECONDS * 1000,
      grant: randomUUID(),
      decision: null,
      intervalSeconds: POLL_SECONDS,
      lastPollAt: null,
    });
    return { deviceCode, userCode };
  }

  /** The login that waits for this user. Case and hyphens do not matter. */
  waiting(userCode: string): DeviceLogin | null {
    const wanted = plain(userCode);
    const now = this.#clock.now();
    const waits = ({ userCode: code, decision, expiresAt }: DeviceLogin) =>
      plain(code) === wanted && decision === null && expiresAt > now;
    return [...this.#logins.values()].find(waits) ?? null;
  }

  /** One question of the device, answered as RFC 8628 3.5 says. */
  poll(deviceCode: string, client: OAuthClient): DevicePoll {
    const login = this.#logins.get(deviceCode);
    if (login === undefined || login.client.id !== client.id) return { error: 'invalid_grant' };
    const now = this.#clock.now();
    if (login.expiresAt <= now) return { error: 'expired_token' };
    if (login.decision === null) {
      const isEarly = login.lastPollAt !== null && now - login.lastPollAt < login.intervalSeconds * 1000;
      login.lastPollAt = now;
      if (isEarly) login.intervalSeconds += SLOWER_BY_SECONDS;
      return { error: isEarly ? 'slow_down' : 'authorization_pending' };
    }
    this.#logins.delete(deviceCode);
    return login.decision === 'allowed' ? { login } : { error: 'access_denied' };
  }
}

function newUserCode(): string {
  const letters = Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

function plain(userCode: string): string {
  return userCode.toUpperCase().replace(/[^A-Z]/g, '');
}
