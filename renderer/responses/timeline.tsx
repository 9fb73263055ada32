import type { ReactNode } from 'react';
import type { Attempt } from '../../shared/requests/rate-limit.ts';
import type { FailedTimeline, Hop, Response, UnansweredHop } from '../../shared/requests/response.ts';
import {
  type CertificateFacts,
  type ConnectionFacts,
  type HeadLine,
  type HopTimings,
  STOPPING_PLACES,
} from '../../shared/requests/timeline.ts';
import { credentialText } from '../../shared/requests/withheld.ts';
import { Badge, Banner } from '../ui/banner.tsx';
import { formatDuration } from './measures.ts';
import styles from './timeline.module.css';

const PHASES = [
  ['Blocked', 'blockedMs'],
  ['DNS', 'dnsMs'],
  ['Connect', 'connectMs'],
  ['Proxy', 'proxyMs'],
  ['TLS', 'tlsMs'],
  ['Send', 'sendMs'],
  ['Wait', 'waitMs'],
  ['Download', 'downloadMs'],
] as const satisfies readonly (readonly [string, keyof HopTimings])[];

/** Shorter than this, and nobody was blocked. */
const BLOCKED_MS = 1;

/** What happened on the way, hop by hop. */
export function Timeline({ response: { attempts, hops, timings, token } }: { readonly response: Response }) {
  return (
    <div className={styles.timeline}>
      <p className={styles.summary}>
        {token === null ? 'Without a token' : `With the token ${token}`} ·{' '}
        {hops.length === 1 ? 'no redirect' : `${hops.length} hops`} · {formatDuration(timings.totalMs)} in all
      </p>
      <Attempts attempts={attempts} />
      <ol className={styles.hops}>
        <AnsweredHops hops={hops} />
      </ol>
    </div>
  );
}

/** The same of a request that got no answer, with where it stopped. */
export function UnansweredTimeline({
  timeline: { hops, unanswered, attempts },
}: {
  readonly timeline: FailedTimeline;
}) {
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <Attempts attempts={attempts} />
      <ol className={styles.hops}>
        <AnsweredHops hops={hops} />
        {unanswered !== null && (
          <HopView
            hop={unanswered}
            outcome={<Badge tone="bad">{`stopped ${STOPPING_PLACES[unanswered.stoppedAt]}`}</Badge>}
          />
        )}
      </ol>
    </section>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return null;
  return (
    <ul className={styles.attempts} aria-label="Tries before">
      {attempts.map(({ status, code, waitedMs }, index) => (
        <li key={`attempt ${index + 1}`}>
          <Badge tone="warn">{code ?? status}</Badge> tried again after {formatDuration(waitedMs)}
        </li>
      ))}
    </ul>
  );
}

function AnsweredHops({ hops }: { readonly hops: readonly Hop[] }) {
  return hops.map((hop, index) => (
    <HopView
      key={`hop ${index + 1}`}
      hop={hop}
      outcome={<Badge tone={hop.status < 400 ? 'good' : 'bad'}>{hop.status}</Badge>}
    />
  ));
}

function HopView({ hop, outcome }: { readonly hop: Hop | UnansweredHop; readonly outcome: ReactNode }) {
  const { method, url, credential, cookies, connection, warnings, timings } = hop;
  return (
    <li className={styles.hop}>
      <div className={styles.line}>
        {outcome}
        <code>
          {method} {url}
        </code>
        <Badge tone={credential === 'withheld' ? 'warn' : undefined}>{credentialText(hop)}</Badge>
        {cookies.length > 0 && <Badge>{`cookies: ${cookies.join(', ')}`}</Badge>}
      </div>
      {warnings.map((warning) => (
        <Banner key={warning} tone="bad">
          {warning}
        </Banner>
      ))}
      <Waterfall timings={timings} />
      {connection !== null && (
        <ConnectionLine connection={connection} httpVersion={'httpVersion' in hop ? hop.httpVersion : null} />
      )}
      <div className={styles.details}>
        {hop.sent.length > 0 && <Head title="Sent" lines={hop.sent} />}
        {'received' in hop && <Head title="Received" lines={hop.received} />}
        {connection?.tls != null && <Certificates certificates={connection.tls.certificates} />}
      </div>
    </li>
  );
}

/** One bar for each phase, from the end of the one before. */
function Waterfall({ timings }: { readonly timings: HopTimings }) {
  const total = Math.max(timings.totalMs, 0.001);
  let start = 0;
  const bars = PHASES.flatMap(([label, key]) => {
    const span = timings[key];
    if (span === null) return [];
    const from = start;
    start += span;
    return key === 'blockedMs' && span < BLOCKED_MS ? [] : [{ label, key, from, span }];
  });
  return (
    <dl className={styles.waterfall}>
      {bars.map(({ label, key, from, span }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles.track} x="0" y="0" width="1000" height="8" />
              <rect
                className={styles.bar}
                data-phase={key}
                x={(from / total) * 1000}
                y="0"
                width={Math.max((span / total) * 1000, 3)}
                height="8"
              />
            </svg>
            <span>{formatSpan(span)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ConnectionLine({
  connection: { isReused, peer, proxy, tls },
  httpVersion,
}: {
  readonly connection: ConnectionFacts;
  /** `null`: no answer told. */
  readonly httpVersion: string | null;
}) {
  const facts = [
    isReused ? 'connection used again' : 'new connection',
    peer ?? 'unknown address',
    ...(proxy === null ? [] : [`over the proxy ${proxy}`]),
    ...(httpVersion === null ? [] : [`HTTP/${httpVersion}`]),
    ...(tls === null ? [] : [tls.version, tls.cipher]),
  ];
  return <p className={styles.connection}>{facts.join(' · ')}</p>;
}

function Head({ title, lines }: { readonly title: string; readonly lines: readonly HeadLine[] }) {
  return (
    <details>
      <summary>
        {title}, {lines.length} {lines.length === 1 ? 'line' : 'lines'}
      </summary>
      <pre>{lines.map(([name, value]) => (value === '' ? name : `${name}: ${value}`)).join('\n')}</pre>
    </details>
  );
}

function Certificates({ certificates }: { readonly certificates: readonly CertificateFacts[] }) {
  return (
    <details>
      <summary>
        {certificates.length === 1 ? 'Certificate' : `Certificate, chain of ${certificates.length}`}
      </summary>
      <ol className={styles.chain}>
        {certificates.map(({ subject, issuer, validFrom, validTo, fingerprint, names }) => (
          <li key={fingerprint}>
            <strong>{subject}</strong>
            <span>
              issued by {issuer}, {validFrom.slice(0, 10)} to {validTo.slice(0, 10)}
            </span>
            {names.length > 0 && <span>for {names.join(', ')}</span>}
            <code>SHA-256 {fingerprint}</code>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** 0.4 as "0.4 ms": most phases are short. */
function formatSpan(span: number): string {
  return span < 10 ? `${span.toFixed(1)} ms` : formatDuration(span);
}
