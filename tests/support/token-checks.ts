import type { IncomingMessage, ServerResponse } from 'node:http';
import { providerOf } from '../../core/providers/providers.ts';
import type { Tessera } from '../../core/tessera.ts';
import type { App, NewApp } from '../../shared/apps/app.ts';
import type { ProviderId, ProviderScheme } from '../../shared/providers/provider.ts';
import type { NewToken, Token } from '../../shared/tokens/token.ts';
import type { TokenCheckResult } from '../../shared/tokens/token-check.ts';
import { LoopbackServer } from './loopback-server.ts';
import { newTessera } from './new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from './temporary-vault.ts';

export const CHECKED_SECRET = 'kY7-the-secret-of-these-tests';

const BEARER: ProviderScheme = { scheme: 'bearer', labels: { secret: 'Token' } };

export interface PlannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** The same answer to every request. */
export function always({ status = 200, headers = {}, body }: PlannedAnswer): Answering {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  };
}

/** Tokens to be checked, and the server that answers as all of their providers. */
export class TokenChecks implements AsyncDisposable {
  readonly tessera: Tessera;
  readonly server: LoopbackServer;
  /** What the server was asked since the last `reset`: method and path. */
  readonly asked: string[] = [];
  answering: Answering = always({});
  readonly #home: TemporaryHome;
  #apps = 0;

  private constructor(home: TemporaryHome, tessera: Tessera, server: LoopbackServer) {
    this.#home = home;
    this.tessera = tessera;
    this.server = server;
  }

  static async start(): Promise<TokenChecks> {
    const home = new TemporaryHome();
    const tessera = newTessera(home.path);
    await tessera.vault.create(PASSPHRASE);
    const server = await LoopbackServer.start((request, response) => {
      checks.asked.push(`${request.method} ${request.url}`);
      checks.answering(request, response);
    });
    const checks = new TokenChecks(home, tessera, server);
    return checks;
  }

  reset(): void {
    this.asked.length = 0;
    this.answering = always({});
  }

  /** An app of a provider that lives on the server, with tokens `1`, `2`, … */
  makeApp(
    provider: ProviderId | null,
    tokens: readonly Partial<NewToken>[],
    changes: Partial<NewApp> = {},
  ): { readonly app: App; readonly tokens: readonly Token[] } {
    this.#apps += 1;
    const base = providerOf(provider)?.baseUrls[0]?.url ?? '';
    const path = /^[^/]+:\/\/[^/]+(.*)$/.exec(base)?.[1] ?? '';
    const baseUrl = this.server.url + path;
    const app = this.tessera.apps.create({ name: `App ${this.#apps}`, provider, baseUrl, ...changes });
    const scheme: ProviderScheme = providerOf(provider)?.schemes[0] ?? BEARER;
    const made = tokens.map((token, index) =>
      this.tessera.tokens.add(app.id, {
        name: String(index + 1),
        scheme: scheme.scheme,
        field: scheme.field ?? null,
        tokenId: scheme.scheme === 'basic' ? 'me@example.com' : null,
        secret: CHECKED_SECRET,
        ...token,
      }),
    );
    return { app, tokens: made };
  }

  /** Checks the only token of a new app. */
  async checkOne(
    provider: ProviderId | null,
    token: Partial<NewToken> = {},
    changes: Partial<NewApp> = {},
  ): Promise<TokenCheckResult & { readonly app: App; readonly kept: Token }> {
    const { app } = this.makeApp(provider, [token], changes);
    const { results } = await this.tessera.checkTokens(app.id, null);
    const [result] = results;
    if (result === undefined) throw new Error('There is no result.');
    return { ...result, app, kept: this.tessera.tokens.find(app.id, '1') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tessera.close();
    await this.server[Symbol.asyncDispose]();
    this.#home[Symbol.dispose]();
  }
}
