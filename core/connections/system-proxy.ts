import { AppError } from '../../shared/app-error.ts';
import { isLoopbackHost } from '../../shared/apps/allowed-origin.ts';
import { type Environment, environmentProxy, isNamedByEnvironment } from './environment-proxy.ts';

/** What the system's settings and scripts say of the way to a URL, as Chromium has it: `PROXY host:8080; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>;

/** How long an answer holds: the settings may change, as with another network. */
const HOLDS_MS = 10_000;

/** Longest wait for an answer: a script may have to be fetched. */
const ANSWER_MS = 10_000;

/** Kinds in such an answer, and the schemes that they are here. */
const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/** The proxies that the system wants: the environment's where it names any, else those of its settings. */
export class SystemProxy {
  readonly #environment: Environment;
  readonly #resolve: ResolveProxy | null;
  readonly #answers = new Map<string, { readonly proxy: string | null; readonly until: number }>();

  /** @param resolve asks the settings; `null`: there is only the environment */
  constructor(environment: Environment, resolve: ResolveProxy | null) {
    this.#environment = environment;
    this.#resolve = resolve;
  }

  /** Whether there are settings to ask. */
  get isAsked(): boolean {
    return this.#resolve !== null;
  }

  /** As a URL; `null` for none. What the settings say is known once `look` has asked them. */
  for(url: URL): string | null {
    return environmentProxy(url, this.#environment) ?? this.#answers.get(url.origin)?.proxy ?? null;
  }

  /**
   * Asks the settings about the way to a URL's origin, where that is due.
   *
   * @returns whether it is another than before
   * @throws AppError `PROXY_FAILED` where there is no answer, or none that can be used
   */
  async look({ origin, hostname, protocol }: URL): Promise<boolean> {
    const resolve = this.#resolve;
    if (resolve === null || isLoopbackHost(hostname)) return false;
    if (isNamedByEnvironment(protocol, this.#environment)) return false;
    const before = this.#answers.get(origin);
    if (before !== undefined && before.until > performance.now()) return false;
    const proxy = readProxyAnswer(await inTime(resolve(`${origin}/`)));
    this.#answers.set(origin, { proxy, until: performance.now() + HOLDS_MS });
    return before !== undefined && before.proxy !== proxy;
  }
}

/**
 * The first way of an answer that can be taken; `null`: none over a proxy.
 *
 * @throws AppError `PROXY_FAILED` where all are of kinds that are not spoken here
 */
export function readProxyAnswer(answer: string): string | null {
  const ways = answer.split(';').flatMap((each) => each.trim() || []);
  for (const way of ways) {
    const [kind = '', host = ''] = way.split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const url = `${SCHEMES[kind.toUpperCase()]}://${host}`;
    if (SCHEMES[kind.toUpperCase()] !== undefined && host !== '' && URL.canParse(url)) return url;
  }
  if (ways.length === 0) return null;
  throw new AppError(
    'PROXY_FAILED',
    'The system names a proxy of a kind that is not spoken here: HTTP, HTTPS and SOCKS5 are. Choose another in the connection of the app.',
  );
}

async function inTime(answer: Promise<string>): Promise<string> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), ANSWER_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } catch (error) {
    throw new AppError(
      'PROXY_FAILED',
      'The system does not say which proxy leads to the server. Nothing was sent. Check its proxy settings, or choose a proxy in the connection of the app.',
      undefined,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}
