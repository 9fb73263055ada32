import type Electron from 'electron';

/**
 * Chromium knows no schemes of an app's own, so a page of `app://tessera/index.html` lives at
 * `https://tessera.app.invalid/index.html`. `.invalid` is reserved and resolves nowhere; requests to it are
 * answered here, before any network. The app only ever sees its own form.
 */
const schemes = new Map<string, Electron.Privileges>();

/** @throws Error for a scheme that is not `standard`: only those have a host that can be mapped. */
export function registerSchemes(custom: readonly Electron.CustomScheme[]): void {
  schemes.clear();
  for (const { scheme, privileges = {} } of custom) {
    if (privileges.standard !== true) {
      throw new Error(`the stand-in does not implement schemes that are not standard: ${scheme}`);
    }
    schemes.set(scheme, privileges);
  }
}

/** Where Chromium finds the page that the app calls `url`. */
export function toChromiumUrl(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const privileges = schemes.get(scheme);
  if (privileges === undefined) return url;
  const carrier = privileges.secure === true ? 'https' : 'http';
  return `${carrier}://${host}.${scheme}.invalid${pathname}${search}${hash}`;
}

/** What the app calls the page that Chromium finds at `url`. */
export function toAppUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname, pathname, search, hash } = new URL(url);
  const [, host, scheme] = /^(.+)\.([a-z][a-z0-9+-]*)\.invalid$/.exec(hostname) ?? [];
  if (host === undefined || scheme === undefined || !schemes.has(scheme)) return url;
  return `${scheme}://${host}${pathname}${search}${hash}`;
}
