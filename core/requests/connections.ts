import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import { type ConnectionSettings, DEFAULT_CONNECTION } from '../../shared/connections/connection-settings.ts';
import type { OpenSecret } from '../connections/connection-material.ts';

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
}

/**
 * Keep-alive connections of one app, HTTP/1.1 and HTTP/2, one pool for each origin. Apps never share one:
 * what a server remembers about a connection of one app says nothing about another.
 */
export class Connections {
  readonly settings: ConnectionSettings;
  readonly #options: ConnectionOptions;
  #agent: Promise<Agent> | null = null;

  constructor(options: ConnectionOptions = {}) {
    this.#options = options;
    this.settings = options.settings ?? DEFAULT_CONNECTION;
  }

  /** Loaded when first needed: most calls of the command send nothing. */
  dispatcher(): Promise<Dispatcher> {
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
    const { openSecret = noSecret, ca, lookup, environment = process.env } = this.#options;
    const { makeAgent } = await import('../connections/make-agent.ts');
    return makeAgent({ settings: this.settings, openSecret, ca, lookup, environment });
  }
}

function noSecret(): never {
  throw new Error('connections that name a secret were given no way to open it');
}
