import type { Hop } from '../../shared/requests/response.ts';
import type { HeadLine, HopTimings } from '../../shared/requests/timeline.ts';
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

const FATES = { sent: 'credential sent', withheld: 'credential WITHHELD', none: 'no credential' } as const;

/** What happened on the way, hop by hop, on standard error; masked like all else. */
export function printTimeline(hops: readonly Hop[]): void {
  process.stderr.write(`${hops.flatMap(hopLines).join('\n')}\n`);
}

function hopLines(hop: Hop, index: number): string[] {
  return [
    paint('bold', `* ${index + 1}. ${printable(hop.method)} ${printable(hop.url)}`, process.stderr),
    ...connectionLines(hop),
    `* ${FATES[hop.credential]}`,
    ...hop.sent.map((line) => `> ${headLine(line)}`),
    ...hop.received.map((line) => `< ${headLine(line)}`),
    ...hop.warnings.map((warning) => paint('yellow', `* ${warning}`, process.stderr)),
    `* ${timingsText(hop.timings)}`,
  ];
}

function connectionLines({ connection, httpVersion }: Hop): string[] {
  if (connection === null) return [];
  const { isReused, peer, proxy, tls } = connection;
  const over = proxy === null ? '' : ` over the proxy ${proxy}`;
  const lines = [
    `* ${isReused ? 'connection used again' : 'new connection'} to ${peer ?? 'an unknown address'}${over}, HTTP/${httpVersion}`,
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
  return `${phases.join(', ')}; ${milliseconds(timings.totalMs)} in all`;
}

function milliseconds(span: number): string {
  return `${span < 10 ? span.toFixed(1) : Math.round(span)} ms`;
}
