import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher } from 'undici';

/** Longest wait for a connection. The timeout of the request, usually shorter, comes on top. */
const CONNECT_TIMEOUT_MS = 30_000;

/** Answers with more bytes of headers are refused. */
export const HEADER_BYTES = 64 * 1024;

export interface ConnectionOptions {
  /** Certificates, in PEM, of authorities to trust; left out: Node's. */
  readonly ca?: readonly string[];
  /** Finds the addresses of a host; left out: the system's way. */
  readonly lookup?: LookupFunction;
}

/**
 * Keep-alive connections of one app, HTTP/1.1 and HTTP/2, one pool for each origin. Apps never share one:
 * what a server remembers about a connection of one app says nothing about another.
 */
export class Connections {
  readonly #options: ConnectionOptions;
  #agent: Promise<Agent> | null = null;

  constructor(options: ConnectionOptions = {}) {
    this.#options = options;
  }

  /** Loaded when first needed: most calls of the command send nothing. */
  dispatcher(): Promise<Dispatcher> {
    this.#agent ??= makeAgent(this.#options);
    return this.#agent;
  }

  /** Cuts every connection, in use or not. */
  async close(): Promise<void> {
    const agent = await this.#agent;
    this.#agent = null;
    await agent?.destroy();
  }
}

async function makeAgent({ ca, lookup }: ConnectionOptions): Promise<Agent> {
  const { default: Agent } = await import('undici/lib/dispatcher/agent.js');
  return new Agent({
    allowH2: true,
    autoSelectFamily: true,
    // The request's own timeout covers all of it; these would cut short a slow but living answer.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxHeaderSize: HEADER_BYTES,
    connect: {
      ...(ca === undefined ? {} : { ca: [...ca] }),
      ...(lookup === undefined ? {} : { lookup }),
    },
  });
}
