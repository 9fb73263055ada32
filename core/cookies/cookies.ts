import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import {
  type Cookie,
  type CookieKey,
  cookieSchema,
  isSameCookie,
  type NewCookie,
  newCookieSchema,
} from '../../shared/cookies/cookie.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { COOKIE_SECRET_CHARACTERS } from '../redaction/cookie-values.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';
import { CookieJar } from './cookie-jar.ts';

/** An app's jar, and what the vault has of it. */
interface OpenJar {
  readonly file: AppFile;
  readonly jar: CookieJar;
  recordId: string | null;
  /** What the vault holds, as it was written. */
  saved: string;
  revision: number;
}

/**
 * The cookies of a vault's apps: one sealed record in each app's file, opened when a request first needs it and
 * forgotten when the vault is locked. Changes are in memory until they are saved.
 */
export class Cookies {
  readonly #vault: Vault;
  readonly #open = new Map<string, OpenJar>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** What requests of the app take along and add to. */
  jar(appId: string): CookieJar {
    return this.#openJar(appId).jar;
  }

  /** By domain, path and name. */
  list(appId: string): Cookie[] {
    return this.jar(appId).cookies.toSorted(compareCookies);
  }

  /** @throws AppError `COOKIE_NOT_FOUND` */
  find(appId: string, key: CookieKey): Cookie {
    const found = this.jar(appId).cookies.find((cookie) => isSameCookie(cookie, key));
    if (found !== undefined) return found;
    throw new AppError(
      'COOKIE_NOT_FOUND',
      `This app has no cookie ${key.name} for ${key.domain}${key.path}.`,
    );
  }

  /** Adds a cookie, or takes the place of the one of the same domain, path and name. */
  set(appId: string, input: NewCookie): Cookie {
    const { value, ...cookie } = parseInput(newCookieSchema, input, 'Cookie');
    const kept = value ?? this.find(appId, cookie).value;
    const jar = this.jar(appId);
    const others = jar.cookies.filter((each) => !isSameCookie(each, cookie));
    const set = { ...cookie, value: kept, createdAt: new Date().toISOString() };
    jar.replace([...others, set]);
    this.save(appId);
    return set;
  }

  /** @throws AppError `COOKIE_NOT_FOUND` */
  remove(appId: string, key: CookieKey): void {
    this.find(appId, key);
    const jar = this.jar(appId);
    jar.replace(jar.cookies.filter((cookie) => !isSameCookie(cookie, key)));
    this.save(appId);
  }

  /** All of them, or those of one domain. @returns how many were there */
  clear(appId: string, domain: string | null = null): number {
    const jar = this.jar(appId);
    const kept = domain === null ? [] : jar.cookies.filter((cookie) => cookie.domain !== domain);
    const removed = jar.cookies.length - kept.length;
    jar.replace(kept);
    this.save(appId);
    return removed;
  }

  /** Writes an app's cookies into the vault, where they are not what it holds. @throws AppError as every write */
  save(appId: string): void {
    const open = this.#open.get(appId);
    if (open === undefined) return;
    const { file, jar } = open;
    const text = JSON.stringify(jar.cookies);
    if (text === open.saved) return;
    const id = open.recordId ?? randomUUID();
    const secret = Buffer.from(text, 'utf8');
    try {
      file.put({ id, kind: 'cookies', metadata: {}, secret });
    } finally {
      secret.fill(0);
    }
    Object.assign(open, { recordId: id, saved: text, revision: file.revision });
  }

  /** Values that are masked wherever they show up. @returns bytes which the caller wipes */
  secretsOf(appId: string): Buffer[] {
    return this.jar(appId).cookies.flatMap(secretsOfCookie);
  }

  /** The vault was locked: nothing of a jar stays. */
  forget(): void {
    this.#open.clear();
  }

  /** As it is in the vault, unless something here waits to be saved. */
  #openJar(appId: string): OpenJar {
    const file = this.#vault.app(appId);
    const open = this.#open.get(appId);
    if (open?.file === file) {
      if (open.revision === file.revision || JSON.stringify(open.jar.cookies) !== open.saved) return open;
      const { recordId, cookies } = readCookies(file);
      const saved = JSON.stringify(cookies);
      if (saved !== open.saved) open.jar.replace(cookies);
      return Object.assign(open, { recordId, saved, revision: file.revision });
    }
    const { recordId, cookies } = readCookies(file);
    const saved = cookies.length === 0 ? '[]' : JSON.stringify(cookies);
    const opened = { file, jar: new CookieJar(cookies), recordId, saved, revision: file.revision };
    this.#open.set(appId, opened);
    return opened;
  }
}

/** None where the record is damaged: that is reported by the vault, and stops no request. */
function readCookies(file: AppFile): { recordId: string | null; cookies: Cookie[] } {
  const [record] = file.records('cookies');
  if (record === undefined) return { recordId: null, cookies: [] };
  try {
    const secret = file.openSecret(record.id);
    const cookies = z.array(cookieSchema).parse(JSON.parse(secret.toString('utf8')));
    secret.fill(0);
    return { recordId: record.id, cookies };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'RECORD_DAMAGED') throw error;
    return { recordId: record.id, cookies: [] };
  }
}

/** Its value, where it is long enough to be a credential. @returns bytes which the caller wipes */
export function secretsOfCookie({ value }: Pick<Cookie, 'value'>): Buffer[] {
  return value.length < COOKIE_SECRET_CHARACTERS ? [] : [Buffer.from(value)];
}

function compareCookies(left: Cookie, right: Cookie): number {
  const text = ({ domain, path, name }: Cookie) => `${domain}\n${path}\n${name}`;
  return text(left) < text(right) ? -1 : 1;
}
