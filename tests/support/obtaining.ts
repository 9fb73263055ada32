import type { SignInInput } from '../../core/logins/logins.ts';
import type { Tessera } from '../../core/tessera.ts';
import type { NewApp } from '../../shared/apps/app.ts';
import type { LoginDescriptionInput, LoginInput } from '../../shared/logins/login.ts';
import type { OAuthInput } from '../../shared/logins/oauth.ts';
import { type RequestInput, requestSchema } from '../../shared/requests/request.ts';
import type { Response } from '../../shared/requests/response.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { newTessera } from './new-tessera.ts';
import { PASSPHRASE, TemporaryHome } from './temporary-vault.ts';

export interface SentAnswer {
  readonly response: Response;
  readonly text: string;
}

/** A vault with one app, over real connections, with a clock that can be moved. */
export class Obtainer implements AsyncDisposable {
  readonly home = new TemporaryHome();
  readonly tessera: Tessera;
  appId = '';
  #ahead = 0;

  private constructor() {
    this.tessera = this.open();
  }

  static async create(app: Partial<NewApp>): Promise<Obtainer> {
    const obtainer = new Obtainer();
    await obtainer.tessera.vault.create(PASSPHRASE);
    obtainer.appId = obtainer.tessera.apps.create({ name: 'Phone', ...app }).id;
    return obtainer;
  }

  /** Another look at the same home, as another process has it. */
  open(): Tessera {
    return newTessera(this.home.path, () => this.now());
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  advance(seconds: number): void {
    this.#ahead += seconds * 1000;
  }

  addLogin(
    description: LoginDescriptionInput,
    password: string,
    login: Partial<Omit<LoginInput, 'description'>> = {},
  ): Token {
    return this.tessera.tokens.add(this.appId, {
      name: 'main',
      scheme: 'login',
      secret: password,
      login: { description, ...login },
    });
  }

  addOAuth(oauth: OAuthInput, clientSecret = '', scopes: readonly string[] = []): Token {
    return this.tessera.tokens.add(this.appId, {
      name: 'main',
      scheme: 'oauth2',
      secret: clientSecret,
      oauth,
      scopes: [...scopes],
    });
  }

  signIn(
    token: Token,
    input: SignInInput = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Token> {
    return this.tessera.logins.signIn({ appId: this.appId, tokenId: token.id }, input, signal);
  }

  async send(request: RequestInput, signal?: AbortSignal): Promise<SentAnswer> {
    const { response, body } = await this.tessera.send(
      this.appId,
      requestSchema.parse(request),
      signal === undefined ? {} : { signal },
    );
    const text = body.read(0, body.length).toString('utf8');
    body.close();
    return { response, text };
  }

  /** As it is now. */
  token(name = 'main'): Token {
    return this.tessera.tokens.find(this.appId, name);
  }

  /** Every secret of a token, as text. */
  secrets(name = 'main'): string[] {
    const key = { appId: this.appId, tokenId: this.token(name).id };
    return this.tessera.tokens.secrets.all(key).map((secret) => secret.toString('utf8'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tessera.close();
    this.home[Symbol.dispose]();
  }
}
