import type { Hop } from '../../shared/requests/response.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { HeaderLine } from './build-headers.ts';

/** Header lines with known secrets masked, in names too: a server may echo what it likes. */
export function redactHeaders(
  lines: readonly HeaderLine[],
  redactor: Redactor,
): { headers: HeaderLine[]; count: number } {
  // One pass over all of them is cheaper than one for each: most answers hold no secret at all.
  if (redactor.text(lines.map((line) => line.join('\n')).join('\n')).count === 0) {
    return { headers: [...lines], count: 0 };
  }
  let count = 0;
  const mask = (text: string) => {
    const redacted = redactor.text(text);
    count += redacted.count;
    return redacted.text;
  };
  const headers = lines.map(([name, value]) => [mask(name), mask(value)] as const);
  return { headers, count };
}

export function redactHops(hops: readonly Hop[], redactor: Redactor): Hop[] {
  return hops.map((hop) => ({ ...hop, url: redactor.text(hop.url).text }));
}
