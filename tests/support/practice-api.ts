import { type PracticeServer, startPracticeServer } from '../../practice/practice-server.ts';
import type { PracticeLogin, PracticeToken } from '../../shared/practice/practice.ts';

/** A practice API that a test has for itself, and the calls that tests make. */
export class PracticeApi implements AsyncDisposable {
  readonly server: PracticeServer;

  private constructor(server: PracticeServer) {
    this.server = server;
  }

  static async start(): Promise<PracticeApi> {
    return new PracticeApi(await startPracticeServer());
  }

  /** The announced token of a provider whose note holds this text. */
  token(provider: string, note: string): PracticeToken {
    const found = this.server.tokens.find((each) => each.provider === provider && each.note?.includes(note));
    if (found === undefined) throw new Error(`No ${provider} token is announced with “${note}”.`);
    return found;
  }

  /** The announced login of a provider with this user name. */
  login(provider: string, username: string): PracticeLogin {
    const found = this.server.logins.find((each) => each.provider === provider && each.username === username);
    if (found === undefined) throw new Error(`No ${provider} login is announced for “${username}”.`);
    return found;
  }

  call(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.server.url + path, { redirect: 'manual', ...init });
  }

  bearer(path: string, secret: string, init?: RequestInit): Promise<Response> {
    return this.call(path, { ...init, headers: { ...init?.headers, authorization: `Bearer ${secret}` } });
  }

  postJson(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const type = { 'content-type': 'application/json' };
    return this.call(path, {
      method: 'POST',
      headers: { ...type, ...headers },
      body: JSON.stringify(body),
    });
  }

  postForm(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.call(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  /** Moves the clock that every expiry goes by. */
  async advance(seconds: number): Promise<void> {
    await this.control(`clock?advance=${seconds}`);
  }

  async control(action: string): Promise<void> {
    const answer = await this.call(`/practice/${action}`, { method: 'POST' });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** How often an endpoint was called: `GET /v2/account`. */
  async timesCalled(endpoint: string): Promise<number> {
    const { counts } = (await (await this.call('/practice/log')).json()) as {
      counts: Record<string, number>;
    };
    return counts[endpoint] ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.close();
  }
}
