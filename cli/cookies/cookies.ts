import { AppError } from '../../shared/app-error.ts';
import { COOKIE_BYTES, type Cookie } from '../../shared/cookies/cookie.ts';
import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { readStandardInput } from '../read-text.ts';
import type { Session } from '../session.ts';
import { table } from '../terminal.ts';

export interface CookieOptions {
  readonly app: string;
  readonly domain?: string;
  readonly path?: string;
  readonly reveal?: boolean;
}

export interface SetCookieOptions {
  readonly app: string;
  readonly domain: string;
  readonly path: string;
  readonly subdomains?: boolean;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly expires?: string;
}

export async function listCookies(session: Session, options: CookieOptions): Promise<undefined> {
  const tessera = options.reveal === true ? await session.confirmed() : await session.unlocked();
  const { id } = tessera.apps.find(options.app);
  const found = tessera.cookies
    .list(id)
    .filter(({ domain }) => options.domain === undefined || domain === options.domain.toLowerCase());
  if (options.reveal === true) {
    session.print(found, cookieTable(found, true));
    return;
  }
  // A server chose the names, and may have put a secret there.
  const text = (given: string) => tessera.redact(id, given);
  const shown = found.map((cookie) => ({ ...cookie, name: text(cookie.name), path: text(cookie.path) }));
  session.print(
    shown.map(({ value: _value, ...cookie }) => cookie),
    cookieTable(shown, false),
  );
}

export async function setCookie(
  session: Session,
  name: string,
  options: SetCookieOptions,
): Promise<undefined> {
  const expiresAt = readExpiry(options.expires);
  const value = await readValue();
  const { apps, cookies } = await session.unlocked();
  const app = apps.find(options.app);
  const { value: _value, ...cookie } = cookies.set(app.id, {
    name,
    value,
    domain: options.domain,
    path: options.path,
    hostOnly: options.subdomains !== true,
    secure: options.secure ?? false,
    httpOnly: options.httpOnly ?? false,
    expiresAt,
  });
  session.print(cookie, `Kept the cookie ${cookie.name} for ${cookie.domain}${cookie.path}.`);
}

export async function removeCookie(
  session: Session,
  name: string,
  options: CookieOptions,
): Promise<undefined> {
  const { apps, cookies } = await session.unlocked();
  const { id } = apps.find(options.app);
  const found = cookies
    .list(id)
    .filter((each) => each.name === name)
    .filter(({ domain }) => options.domain === undefined || domain === options.domain.toLowerCase())
    .filter(({ path }) => options.path === undefined || path === options.path);
  const [cookie] = found;
  if (cookie === undefined) {
    throw new AppError(
      'COOKIE_NOT_FOUND',
      'This app has no such cookie. `tessera cookie list` shows them all.',
    );
  }
  if (found.length > 1) {
    throw new AppError(
      'INVALID_INPUT',
      'Several cookies have this name. Say which one with --domain and --path.',
      { path: 'name' },
    );
  }
  const { domain, path } = cookie;
  cookies.remove(id, { domain, path, name });
  session.print({ removed: { domain, path, name } }, `Removed the cookie ${name} of ${domain}${path}.`);
}

export async function clearCookies(session: Session, { app, domain }: CookieOptions): Promise<undefined> {
  const { apps, cookies } = await session.unlocked();
  const removed = cookies.clear(apps.find(app).id, domain?.toLowerCase() ?? null);
  session.print({ removed }, removed === 1 ? 'Removed 1 cookie.' : `Removed ${removed} cookies.`);
}

/** Never an argument: every program on this computer can read arguments. */
async function readValue(): Promise<string> {
  if (process.stdin.isTTY) return (await import('../prompt-hidden.ts')).promptHidden('Value: ');
  return (await readStandardInput(COOKIE_BYTES + 2, 'The value')).replace(/\r?\n$/, '');
}

function readExpiry(text: string | undefined): string | null {
  if (text === undefined) return null;
  const expiresAt = parseExpiryDate(text);
  if (expiresAt !== null) return expiresAt;
  throw new AppError(
    'INVALID_INPUT',
    '--expires is not a date: write 2027-01-31, or a date with time and zone.',
    {
      path: 'expiresAt',
    },
  );
}

function cookieTable(cookies: readonly Cookie[], withValues: boolean): string {
  if (cookies.length === 0) return 'No cookies.';
  const rows = cookies.map(({ name, domain, path, hostOnly, secure, expiresAt, value }) => [
    name,
    hostOnly ? domain : `*.${domain}`,
    path,
    secure ? 'https' : 'any',
    expiresAt ?? 'never',
    ...(withValues ? [value] : []),
  ]);
  const headings = ['NAME', 'DOMAIN', 'PATH', 'OVER', 'EXPIRES', ...(withValues ? ['VALUE'] : [])];
  return table(headings, rows);
}
