import { isDeepStrictEqual } from 'node:util';
import type { App } from '../../shared/apps/app.ts';
import { Connections } from '../requests/connections.ts';
import type { ResolveProxy } from './system-proxy.ts';

export interface ConnectionPoolsOptions {
  /** @returns a copy, which is wiped after use */
  readonly openSecret: (appId: string, recordId: string) => Buffer;
  /** @see ConnectionOptions.resolveProxy */
  readonly resolveProxy: ResolveProxy | undefined;
}

/** The connections of each app, by its settings. They know the password of a proxy, and the key of a client certificate. */
export class ConnectionPools {
  readonly #options: ConnectionPoolsOptions;
  readonly #pools = new Map<string, Connections>();

  constructor(options: ConnectionPoolsOptions) {
    this.#options = options;
  }

  /** Other settings make other connections: those under way end by themselves, and none is used again. */
  of({ id, connection: settings }: App): Connections {
    const known = this.#pools.get(id);
    if (known !== undefined && isDeepStrictEqual(known.settings, settings)) return known;
    void known?.retire();
    const { openSecret, resolveProxy } = this.#options;
    const pool = new Connections({
      settings,
      openSecret: (recordId) => openSecret(id, recordId),
      resolveProxy,
    });
    this.#pools.set(id, pool);
    return pool;
  }

  /** Cuts every connection of every app. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((each) => each.close()));
  }
}
