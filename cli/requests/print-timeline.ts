import type { FailedTimeline, Hop, UnansweredHop } from '../../shared/requests/response.ts';
import { type HeadLine, type HopTimings, STOPPING_PLACES } from '../../shared/requests/timeline.ts';
import { credentialText } from '../../shared/requests/withheld.ts';
import { paint, printable } from '../terminal.ts';

const PHASES = [
  ['blocked', 'blockedMs'],
  ['DNS', 'dnsMs'],
  ['connect', 'connectMs'],
  ['proxy', 'proxyMs'],
  ['TLS', 'tlsMs'],
  ['send', 'sendMs'],
  ['wait', 'waitMs'],
  ['download', 'downloadMs'],
] as const satisfies readonly (readonly [string, keyof HopTimings])[];

/** What happened on the way, hop by hop, on standard error; masked like all else. */
export function printTimeline(hops: readonly Hop[]): void {
  printLines(hops.flatMap(hopLines));
}

/** The same of a request that got no answer, with where it stopped. */
export function printFailedTimeline({ hops, unanswered }: FailedTimeline): void {
  const lines = unanswered === null ? [] : unansweredLines(unanswered, hops.length);
  printLines([...hops.flatMap(hopLines), ...lines]);
}

function printLines(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

function hopLines(hop: Hop, index: number): string[] {
  return [
    ...sentLines(hop, index, `, HTTP/${hop.httpVersion}`),
    ...hop.received.map((line) => `< ${headLine(line)}`),
    ...endLines(hop),
  ];
}

function unansweredLines(hop: UnansweredHop, index: number): string[] {
  return [
    ...sentLines(hop, index, ''),
    paint('red', `* stopped ${STOPPING_PLACES[hop.stoppedAt]}`, process.stderr),
    ...endLines(hop),
  ];
}

function sentLines(hop: Hop | UnansweredHop, index: number, version: string): string[] {
  return [
    paint('bold', `* ${index + 1}. ${printable(hop.method)} ${printable(hop.url)}`, process.stderr),
    ...connectionLines(hop, version),
    `* ${credentialText(hop)}`,
    ...hop.sent.map((line) => `> ${headLine(line)}`),
  ];
}

function endLines({ warnings, timings }: Hop | UnansweredHop): string[] {
  return [
    ...warnings.map((warning) => paint('yellow', `* ${warning}`, process.stderr)),
    `* ${timingsText(timings)}`,
  ];
}

function connectionLines({ connection }: Hop | UnansweredHop, version: string): string[] {
  if (connection === null) return [];
  const { isReused, peer, proxy, tls } = connection;
  const over = proxy === null ? '' : ` over the proxy ${proxy}`;
  const lines = [
    `* ${isReused ? 'connection used again' : 'new connection'} to ${peer ?? 'an unknown address'}${over}${version}`,
  ];
  if (tls === null) return lines;
  lines.push(`* ${tls.version}, ${tls.cipher}, certificate ${tls.isVerified ? 'right' : 'NOT CHECKED'}`);
  if (isReused) return lines;
  for (const { subject, issuer, validFrom, validTo, fingerprint, names } of tls.certificates) {
    lines.push(
      `*   ${printable(subject)}, by ${printable(issuer)}, ${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}${names.length === 0 ? '' : `, for ${printable(names.join(', '))}`}`,
      `*   SHA-256 ${fingerprint}`,
    );
  }
  return lines;
}

function headLine([name, value]: HeadLine): string {
  const text = printable(value === '' ? name : `${name}: ${value}`);
  return text.replaceAll('\n', '\\n');
}

function timingsText(timings: HopTimings): string {
  const phases = PHASES.flatMap(([name, key]) => {
    const span = timings[key];
    return span === null || (key === 'blockedMs' && span < 1) ? [] : [`${name} ${milliseconds(span)}`];
  });
  const total = `${milliseconds(timings.totalMs)} in all`;
  return phases.length === 0 ? total : `${phases.join(', ')}; ${total}`;
}

function milliseconds(span: number): string {
  return `${span < 10 ? span.toFixed(1) : Math.round(span)} ms`;
}
