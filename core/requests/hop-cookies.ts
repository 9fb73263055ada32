import { isOriginAllowed } from '../../shared/apps/allowed-origin.ts';
import { COOKIE_SECRET_CHARACTERS } from '../redaction/cookie-values.ts';
import type { HeaderLine } from './build-headers.ts';
import type { DressedHop, HopPolicy } from './withhold-credentials.ts';

/**
 * Puts the jar's cookies into a request. They are credentials: they go where the jar's rules and the app's
 * allowed origins both say, so that one does not reach another port or scheme of its host. A Cookie header that
 * was typed takes the place of the jar's.
 */
export async function withCookies(dressed: DressedHop, { app, cookies }: HopPolicy): Promise<DressedHop> {
  const { hop, fate, withheld } = dressed;
  if (cookies === null || hop.headers.some(([name]) => name.toLowerCase() === 'cookie')) return dressed;
  const header = await cookies.headerFor(hop.url);
  if (header === null) return dressed;
  if (!isOriginAllowed(hop.url, app.allowedOrigins)) {
    return { ...dressed, fate: 'withheld', withheld: [...withheld, 'cookies'] };
  }
  return {
    ...dressed,
    hop: { ...hop, headers: [...hop.headers, ['Cookie', header.value]] },
    fate: fate === 'none' ? 'sent' : fate,
    cookies: header.names,
  };
}

/** Before anything of an answer is read: what it sets may stand in its body too. */
export function learnCookies(headers: readonly HeaderLine[], { redactor }: HopPolicy): void {
  redactor.learn(setCookies(headers).flatMap(secretValue));
}

/** Keeps what an allowed origin sets; what another one sets could only be sent where nothing of the app may go. */
export async function keepCookies(
  url: URL,
  headers: readonly HeaderLine[],
  { app, cookies }: HopPolicy,
): Promise<void> {
  const lines = setCookies(headers);
  if (cookies === null || lines.length === 0 || !isOriginAllowed(url, app.allowedOrigins)) return;
  await cookies.store(url, lines);
}

function setCookies(headers: readonly HeaderLine[]): string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === 'set-cookie' ? [value] : []));
}

function secretValue(line: string): Buffer[] {
  const value = /^[^=;]*=([^;]*)/.exec(line)?.[1]?.trim() ?? '';
  return value.length < COOKIE_SECRET_CHARACTERS ? [] : [Buffer.from(value)];
}
