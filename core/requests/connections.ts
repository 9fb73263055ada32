import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import { type ConnectionSettings, DEFAULT_CONNECTION } from '../../shared/connections/connection-settings.ts';
import type { OpenSecret } from '../connections/connection-material.ts';
import { type ResolveProxy, SystemProxy } from '../connections/system-proxy.ts';

export interface ConnectionOptions {
  /** Left out: what an app has that says nothing about it. */
  readonly settings?: ConnectionSettings;
  readonly openSecret?: OpenSecret;
  /** Certificates, in PEM, of authorities to trust; left out: Node's and the system's. */
  readonly ca?: readonly string[];
  /** Finds the addresses of a host; left out: the system's way. */
  readonly lookup?: LookupFunction;
  /** Where the system's proxy is named; left out: this process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Asks the system's settings, where the environment names no proxy; left out: there is only the environment. */
  readonly resolveProxy?: ResolveProxy | undefined;
}

/** Undici, and what it is set up with: a quarter of the whole program. */
export function loadAgent() {
  return import('../connections/make-agent.ts');
}

/**
 * Keep-alive connections of one app, HTTP/1.1 and HTTP/2, one pool for each origin. Apps never share one:
 * what a server remembers about a connection of one app says nothing about another.
 */
export class Connections {
  readonly settings: ConnectionSettings;
  readonly #options: ConnectionOptions;
  readonly #systemProxy: SystemProxy;
  #agent: Promise<Agent> | null = null;

  constructor(options: ConnectionOptions = {}) {
    this.#options = options;
    this.settings = options.settings ?? DEFAULT_CONNECTION;
    const { environment = process.env, resolveProxy = null } = options;
    const asksSettings = this.settings.proxy.kind === 'system' && this.settings.unixSocket === null;
    this.#systemProxy = new SystemProxy(environment, asksSettings ? resolveProxy : null);
  }

  /**
   * Loaded when first needed: most calls of the command send nothing.
   *
   * @param url where the next request goes
   * @throws AppError `PROXY_FAILED` where the system does not say which way leads there
   */
  async dispatcher(url: URL): Promise<Dispatcher> {
    if (this.#systemProxy.isAsked && (await this.#systemProxy.look(url))) void this.retire();
    this.#agent ??= this.#makeAgent();
    return this.#agent;
  }

  /** Lets what is under way end, and takes nothing new. */
  async retire(): Promise<void> {
    await (await this.#take())?.close();
  }

  /** Cuts every connection, in use or not. */
  async close(): Promise<void> {
    await (await this.#take())?.destroy();
  }

  #take(): Promise<Agent | null> {
    const agent = this.#agent?.catch(() => null) ?? Promise.resolve(null);
    this.#agent = null;
    return agent;
  }

  async #makeAgent(): Promise<Agent> {
    const { openSecret = noSecret, ca, lookup } = this.#options;
    const { makeAgent } = await loadAgent();
    const systemProxy = (url: URL) => this.#systemProxy.for(url);
    return makeAgent({ settings: this.settings, openSecret, ca, lookup, systemProxy });
  }
}

function noSecret(): never {
  throw new Error('connections that name a secret were given no way to open it');
}
