import type { DeviceCode, OAuthSteps } from '../../core/oauth/oauth-steps.ts';
import type { PracticeApi } from './practice-api.ts';

type Decision = 'allow' | 'deny';

/** A user in front of a browser, at the practice API's authorization server. */
export class OAuthUser implements OAuthSteps {
  /** The page that the browser was sent back to, as it was shown. */
  cameBackTo: { readonly url: URL; readonly status: number; readonly text: string } | null = null;
  readonly shown: DeviceCode[] = [];
  readonly #practice: PracticeApi;
  readonly #decision: Decision;

  constructor(practice: PracticeApi, decision: Decision = 'allow') {
    this.#practice = practice;
    this.#decision = decision;
  }

  readonly openPage = async (url: URL): Promise<void> => {
    const back = await this.#decide(await this.#practice.call(url.pathname + url.search));
    const target = new URL(back.headers.get('location') ?? '');
    const answer = await fetch(target);
    this.cameBackTo = { url: target, status: answer.status, text: await answer.text() };
  };

  readonly showCode = (code: DeviceCode): void => {
    this.shown.push(code);
    void this.#practice
      .postForm('/oauth/device', { user_code: code.userCode })
      .then((page) => this.#decide(page));
  };

  /** Answers the question on a page as its button would. */
  async #decide(page: Response): Promise<Response> {
    const text = await page.text();
    const request = /name="request" value="([^"]+)"/.exec(text)?.[1];
    if (request === undefined) throw new Error(`No question on the page: ${text}`);
    return this.#practice.postForm('/oauth/consent', { request, decision: this.#decision });
  }
}
