import type { CookieJar as Rules, SerializedCookie, Cookie as ToughCookie } from 'tough-cookie';
import { COOKIE_BYTES, type Cookie, isSameCookie } from '../../shared/cookies/cookie.ts';

/** Kept of one app; past it the oldest go. */
const MOST_COOKIES = 300;

/** An expiry that moved by less is no change: sliding sessions would otherwise be written with every answer. */
const SLIDING_MS = 60_000;

/** What a request takes along. */
export interface CookieHeader {
  /** `a=1; b=2` */
  readonly value: string;
  readonly names: readonly string[];
}

/**
 * One app's cookies, under the rules of RFC 6265bis: domain, path, Secure, expiry, public suffixes, prefixes.
 * It knows nothing of allowed origins: whoever sends asks for those beside it.
 *
 * The rules are tough-cookie's, and are loaded when there is a first cookie to judge.
 */
export class CookieJar {
  #cookies: readonly Cookie[];
  #rules: Rules | null = null;

  constructor(cookies: readonly Cookie[]) {
    this.#cookies = cookies;
  }

  /** Those that have not expired, in the order in which they came. */
  get cookies(): readonly Cookie[] {
    const now = Date.now();
    return this.#cookies.filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now);
  }

  replace(cookies: readonly Cookie[]): void {
    this.#cookies = cookies.slice(-MOST_COOKIES);
    this.#rules = null;
  }

  /** What goes along to a URL; `null` where nothing does. */
  async headerFor(url: URL): Promise<CookieHeader | null> {
    if (this.#cookies.length === 0) return null;
    const rules = await this.#openRules();
    const sent = rules.getCookiesSync(url.href, { http: true });
    if (sent.length === 0) return null;
    return {
      value: sent.map((cookie) => cookie.cookieString()).join('; '),
      names: sent.map(({ key }) => key),
    };
  }

  /** Takes over what an answer sets. What the rules do not allow is left out. @param lines of `Set-Cookie` */
  async store(url: URL, lines: readonly string[]): Promise<void> {
    const short = lines.filter((line) => (line.split(';', 1)[0] ?? '').length <= COOKIE_BYTES);
    if (short.length === 0) return;
    const rules = await this.#openRules();
    for (const line of short) {
      const stored = rules.setCookieSync(line, url.href, { http: true, ignoreError: true });
      if (stored !== undefined) fixExpiry(stored);
    }
    const set = rules.serializeSync()?.cookies.flatMap(fromRules) ?? [];
    const next = set.map((cookie) => this.#unlessSliding(cookie));
    if (next.length > MOST_COOKIES) this.replace(next);
    else this.#cookies = next;
  }

  #unlessSliding(cookie: Cookie): Cookie {
    const known = this.#cookies.find((each) => isSameCookie(each, cookie));
    if (known?.value !== cookie.value || known.expiresAt === null || cookie.expiresAt === null) return cookie;
    const moved = Math.abs(Date.parse(known.expiresAt) - Date.parse(cookie.expiresAt));
    return moved < SLIDING_MS ? { ...cookie, expiresAt: known.expiresAt } : cookie;
  }

  async #openRules(): Promise<Rules> {
    if (this.#rules !== null) return this.#rules;
    const { CookieJar: ToughJar } = await import('tough-cookie');
    // A jar made from data skips the rules for setting: they were asked when each cookie came.
    this.#rules = ToughJar.deserializeSync({
      version: 'tough-cookie@6',
      storeType: null,
      rejectPublicSuffixes: true,
      prefixSecurity: 'strict',
      cookies: this.#cookies.map(toRules),
    });
    return this.#rules;
  }
}

function toRules(cookie: Cookie): SerializedCookie {
  const { name, value, domain, path, hostOnly, secure, httpOnly, sameSite, expiresAt, createdAt } = cookie;
  return {
    key: name,
    value,
    domain,
    path,
    hostOnly,
    secure,
    httpOnly,
    ...(sameSite === null ? {} : { sameSite }),
    ...(expiresAt === null ? {} : { expires: expiresAt }),
    creation: createdAt,
  };
}

function fromRules(serialized: SerializedCookie): Cookie[] {
  const {
    key,
    value = '',
    domain,
    path,
    hostOnly,
    secure,
    httpOnly,
    sameSite,
    creation,
    expires,
  } = serialized;
  if (typeof key !== 'string' || typeof domain !== 'string') return [];
  return [
    {
      domain,
      path: typeof path === 'string' ? path : '/',
      name: key,
      value,
      hostOnly: hostOnly === true,
      secure: secure === true,
      httpOnly: httpOnly === true,
      sameSite: sameSite === 'strict' || sameSite === 'lax' || sameSite === 'none' ? sameSite : null,
      expiresAt: instant(expires),
      createdAt: instant(creation) ?? new Date().toISOString(),
    },
  ];
}

/** tough-cookie counts `Max-Age` from when a cookie was last read, and so would keep one that is in use for ever. */
function fixExpiry(cookie: ToughCookie): void {
  if (cookie.maxAge === null || cookie.maxAge === 'Infinity') return;
  cookie.setExpires(new Date(Math.max(0, cookie.expiryTime() ?? 0)));
  cookie.maxAge = null;
}

/** `null` where it is no date, or one that cannot be written. */
function instant(value: unknown): string | null {
  const date = new Date(typeof value === 'number' || typeof value === 'string' ? value : Number.NaN);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : null;
}
