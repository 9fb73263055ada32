import type { Hop } from '../../shared/requests/response.ts';
import { COOKIE_HEADERS } from '../redaction/cookie-values.ts';
import { MASK } from '../redaction/mask.ts';
import type { RedactedText, Redactor } from '../redaction/redactor.ts';
import type { HeaderLine } from './build-headers.ts';
import { isCredentialLine } from './withhold-credentials.ts';

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

/**
 * Hops with known secrets masked, and with every credential in their heads, known or not.
 *
 * @param credentialName of the header or parameter that the token went in; empty for Authorization
 */
export function redactHops(hops: readonly Hop[], redactor: Redactor, credentialName: string): Hop[] {
  const redactHead = (lines: readonly HeaderLine[]) =>
    redactHeaders(
      lines.map((line) => withoutCredential(line, credentialName)),
      redactor,
    ).headers;
  return hops.map((hop) => ({
    ...hop,
    url: redactor.text(hop.url).text,
    sent: redactHead(hop.sent),
    received: redactHead(hop.received),
  }));
}

/** Name and scheme stay: they tell what went along. Cookies are masked with the rest. */
function withoutCredential(line: HeaderLine, credentialName: string): HeaderLine {
  const [name, value] = line;
  const lowerName = name.toLowerCase();
  const isCredential = lowerName === credentialName.toLowerCase() || isCredentialLine(line);
  if (value === '' || !isCredential || COOKIE_HEADERS.test(name)) return line;
  const scheme = /^(?:proxy-)?authorization$/.test(lowerName)
    ? /^[A-Za-z][\w-]* (?=\S)/.exec(value)?.[0]
    : '';
  return [name, `${scheme ?? ''}${MASK}`];
}
