import type { WebFrameMain } from 'electron';

/** The window's page, in the top frame, from one of `origins` (the app protocol; the dev server while developing). */
export function isTrustedFrame(frame: WebFrameMain | null, origins: readonly string[]): boolean {
  return frame !== null && frame.parent === null && isTrustedUrl(frame.url, origins);
}

/** Compares scheme and host itself: `URL.origin` is "null" for schemes of an app's own. */
export function isTrustedUrl(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return origins.includes(`${protocol}//${host}`);
}
