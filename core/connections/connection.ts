import { isIP, type Socket } from 'node:net';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateFacts, ConnectionFacts, TlsFacts } from '../../shared/requests/timeline.ts';
import { certificateChain } from './certificate-facts.ts';
import type { ProxyServer } from './proxy.ts';

/** Moments on `performance.now()`'s clock; `null`: not come, or not needed. */
interface Moments {
  lookedUp: number | null;
  connected: number | null;
  /** The proxy had made its way to the server. */
  tunnelled: number | null;
  secured: number | null;
}

/** What is being done to make a connection. */
type Stage = 'dns' | 'connect' | 'proxy' | 'tls';

const bySocket = new WeakMap<Socket, Connection>();

/** The latest that was begun, while somebody asks for it. */
let begun: Connection | null | undefined;

/** What is known of one connection from the moment it was begun. Facts are read when they are asked for. */
export class Connection {
  readonly startedAt = performance.now();
  /** One that reads the requests and sends them on, in place of making a way through. */
  readonly forwardingProxy: ProxyServer | null;
  readonly #proxy: ProxyServer | null;
  readonly moments: Moments = { lookedUp: null, connected: null, tunnelled: null, secured: null };
  #requests = 0;
  #peer: string | null = null;
  #tls: TlsFacts | null = null;
  #isLookingUp = false;
  #isEstablished = false;

  constructor(proxy: ProxyServer | null = null, isForwarded = false) {
    this.#proxy = proxy;
    this.forwardingProxy = isForwarded ? proxy : null;
    if (begun !== undefined) begun = this;
  }

  /** The connection that `work` begins; `null` where it begins none. */
  static begunDuring(work: () => void): Connection | null {
    begun = null;
    try {
      work();
      return begun;
    } finally {
      // It may know the password of a proxy.
      begun = undefined;
    }
  }

  static of(socket: Socket): Connection | null {
    return bySocket.get(socket) ?? null;
  }

  /** What was under way as it came no further; `null` where it is ready. */
  get stage(): Stage | null {
    if (this.#isEstablished) return null;
    if (this.moments.connected === null) return this.#isLookingUp ? 'dns' : 'connect';
    const isTunnel = this.#proxy !== null && this.forwardingProxy === null;
    return isTunnel && this.moments.tunnelled === null ? 'proxy' : 'tls';
  }

  /** Takes the times of a socket that is being connected. @param host of the server or the proxy; `null`: a Unix socket */
  watch(socket: Socket, host: string | null): void {
    this.#isLookingUp = host !== null && isIP(host.replace(/^\[|\]$/g, '')) === 0;
    socket.once('lookup', (error: Error | null) => {
      if (error !== null) return;
      this.#isLookingUp = false;
      this.moments.lookedUp = performance.now();
    });
    // Before undici, which may write a request in the same turn.
    socket.prependOnceListener('connect', () => {
      this.moments.connected = performance.now();
      this.#peer = peerOf(socket) ?? this.#peer;
    });
  }

  /** The socket that requests go over is ready. @param path of the Unix socket it leads to */
  established(socket: Socket, path: string | null = null): void {
    bySocket.set(socket, this);
    this.#isEstablished = true;
    if (path !== null) this.#peer = path;
    // That of a proxy that is spoken to over TLS is not the server's.
    if (!(socket instanceof TLSSocket) || this.forwardingProxy !== null) return;
    this.moments.secured = performance.now();
    this.#tls = {
      version: socket.getProtocol() ?? '',
      cipher: socket.getCipher()?.name ?? '',
      isVerified: socket.authorized,
      certificates: chainOf(socket),
    };
  }

  /** Counts a request. @returns whether there was one before it */
  use(): boolean {
    this.#requests += 1;
    return this.#requests > 1;
  }

  facts(isReused: boolean): ConnectionFacts {
    return { isReused, peer: this.#peer, proxy: this.#proxy?.origin ?? null, tls: this.#tls };
  }
}

function chainOf(socket: TLSSocket): readonly CertificateFacts[] {
  const peer: PeerCertificate | object = socket.getPeerCertificate(true);
  return 'raw' in peer ? certificateChain(peer) : [];
}

function peerOf({ remoteAddress, remotePort, remoteFamily }: Socket): string | null {
  if (remoteAddress === undefined) return null;
  return `${remoteFamily === 'IPv6' ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`;
}
