/** Milliseconds of one exchange. `null`: it did not happen, as on a connection that is used again. */
export interface HopTimings {
  /** Until there was a connection to use, beyond what follows: behind other requests, mostly. */
  readonly blockedMs: number;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  /** Until the proxy had made its way to the server. */
  readonly proxyMs: number | null;
  readonly tlsMs: number | null;
  readonly sendMs: number | null;
  readonly waitMs: number | null;
  readonly downloadMs: number | null;
  readonly totalMs: number;
}

/** Where an exchange can stop before an answer comes, in words that follow "Stopped". */
export const STOPPING_PLACES = {
  blocked: 'before there was a connection',
  dns: 'while the address of the host was looked up',
  connect: 'while connecting',
  proxy: 'while the proxy made its way to the server',
  tls: 'while TLS was agreed on',
  send: 'while the request was sent',
  wait: 'while waiting for the answer',
} as const;
export type StoppingPlace = keyof typeof STOPPING_PLACES;

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** RFC 3339. */
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, as pairs of hexadecimal digits between colons. */
  readonly fingerprint: string;
  /** Hosts and addresses that it is for. */
  readonly names: readonly string[];
}

export interface TlsFacts {
  readonly version: string;
  readonly cipher: string;
  /** Whether the certificate is right; `false` only where the app takes any. */
  readonly isVerified: boolean;
  /** The server's own first, then those that vouch for it. */
  readonly certificates: readonly CertificateFacts[];
}

export interface ConnectionFacts {
  readonly isReused: boolean;
  /** Address and port at the other end, the proxy's where there is one; or the path of a socket. */
  readonly peer: string | null;
  /** Scheme, host and port. */
  readonly proxy: string | null;
  readonly tls: TlsFacts | null;
}

export type HeadLine = readonly [name: string, value: string];

/** What went over the network in one exchange. Secrets and credentials are masked. */
export interface HopTimeline {
  readonly httpVersion: string;
  readonly timings: HopTimings;
  /** `null`: not known, as where the connection was gone before it was looked at. */
  readonly connection: ConnectionFacts | null;
  /** As it was sent, with what the connection adds by itself. */
  readonly sent: readonly HeadLine[];
  /** As they came: informational heads (103 Early Hints) first, each from its status line on. */
  readonly received: readonly HeadLine[];
  readonly warnings: readonly string[];
}
