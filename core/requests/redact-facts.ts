import type { Hop } from '../../shared/requests/response.ts';
import { COOKIE_HEADERS } from '../redaction/cookie-values.ts';
import type { RedactedText, Redactor } from '../redaction/redactor.ts';
import type { HeaderLine } from './build-headers.ts';

/** Header lines with known secrets masked, in names too: a server may echo what it likes. Values of cookies are masked all. */
export function redactHeaders(
  lines: readonly HeaderLine[],
  redactor: Redactor,
): { headers: HeaderLine[]; count: number } {
  // One pass over all of them is cheaper than one for each: most answers hold no secret at all.
  const hasCookies = lines.some(([name]) => COOKIE_HEADERS.test(name));
  if (!hasCookies && redactor.text(lines.map((line) => line.join('\n')).join('\n')).count === 0) {
    return { headers: [...lines], count: 0 };
  }
  let count = 0;
  const counted = (redacted: RedactedText) => {
    count += redacted.count;
    return redacted.text;
  };
  const headers = lines.map(
    ([name, value]) => [counted(redactor.text(name)), counted(redactor.header(name, value))] as const,
  );
  return { headers, count };
}

export function redactHops(hops: readonly Hop[], redactor: Redactor): Hop[] {
  return hops.map((hop) => ({ ...hop, url: redactor.text(hop.url).text }));
}
