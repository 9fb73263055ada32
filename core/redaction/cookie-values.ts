import { MASK } from '../../shared/redaction/mask.ts';

/** Shorter values (`1`, `en`, `dark`) are no credentials, and would mask harmless text where they are echoed. */
export const COOKIE_SECRET_CHARACTERS = 8;

/** Headers whose values are cookies. */
export const COOKIE_HEADERS = /^(set-)?cookie2?$/i;

/** `session=••••; Path=/`: names and attributes stay, and so does an empty value. */
export function maskCookies(name: string, value: string): { readonly text: string; readonly count: number } {
  if (!COOKIE_HEADERS.test(name)) return { text: value, count: 0 };
  const isSet = name.toLowerCase().startsWith('set-');
  let count = 0;
  const masked = value.split(';').map((pair, index) => {
    // Behind the first come the attributes. What has no name is a value.
    if (isSet && index > 0) return pair;
    const start = pair.indexOf('=') + 1;
    if (pair.slice(start).trim() === '') return pair;
    count += 1;
    return `${pair.slice(0, start)}${MASK}`;
  });
  return { text: masked.join(';'), count };
}
