import { AppError } from '../../shared/app-error.ts';
import { MASK } from '../../shared/redaction/mask.ts';
import type { FailedTimeline, Hop, UnansweredHop } from '../../shared/requests/response.ts';
import type { CertificateFacts, ConnectionFacts } from '../../shared/requests/timeline.ts';
import { COOKIE_HEADERS } from '../redaction/cookie-values.ts';
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
  return hops.map((hop) => ({
    ...redactWay(hop, redactor, credentialName),
    received: redactHead(hop.received, redactor, credentialName),
  }));
}

/** An error with known secrets masked in all that it says, its timeline as `redactHops` does it. */
export function redactError(error: AppError, redactor: Redactor, credentialName: string): AppError {
  if (error.code === 'VAULT_LOCKED') return error;
  const text = (value: string) => redactor.text(value).text;
  const { code, message, cause, details, timeline } = error;
  const redacted = Object.entries(details ?? {}).map(([key, value]) => {
    if (typeof value === 'string') return [key, text(value)] as const;
    return [key, Array.isArray(value) ? value.map(text) : value] as const;
  });
  return new AppError(code, text(message), details && Object.fromEntries(redacted), {
    cause,
    timeline: timeline && redactTimeline(timeline, redactor, credentialName),
  });
}

function redactTimeline(
  { hops, unanswered, attempts }: FailedTimeline,
  redactor: Redactor,
  credentialName: string,
): FailedTimeline {
  return {
    hops: redactHops(hops, redactor, credentialName),
    unanswered: unanswered && redactWay(unanswered, redactor, credentialName),
    attempts,
  };
}

/** What an exchange has whether it was answered or not. */
function redactWay<Way extends Hop | UnansweredHop>(
  hop: Way,
  redactor: Redactor,
  credentialName: string,
): Way {
  return {
    ...hop,
    cookies: hop.cookies.map((name) => redactor.text(name).text),
    url: redactor.text(hop.url).text,
    sent: redactHead(hop.sent, redactor, credentialName),
    connection: hop.connection && redactConnection(hop.connection, redactor),
  };
}

function redactHead(lines: readonly HeaderLine[], redactor: Redactor, credentialName: string): HeaderLine[] {
  const shown = lines.map((line) => withoutCredential(line, credentialName));
  return redactHeaders(shown, redactor).headers;
}

/** Whoever made a certificate chose the names in it. */
function redactConnection(connection: ConnectionFacts, redactor: Redactor): ConnectionFacts {
  const { tls } = connection;
  if (tls === null || redactor.text(tls.certificates.map(namesIn).join('\n')).count === 0) return connection;
  const text = (value: string) => redactor.text(value).text;
  const certificates = tls.certificates.map((certificate) => ({
    ...certificate,
    subject: text(certificate.subject),
    issuer: text(certificate.issuer),
    names: certificate.names.map(text),
  }));
  return { ...connection, tls: { ...tls, certificates } };
}

function namesIn({ subject, issuer, names }: CertificateFacts): string {
  return [subject, issuer, ...names].join('\n');
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
