import { AppError } from '../../shared/app-error.ts';
import { isOriginAllowed } from '../../shared/apps/allowed-origin.ts';
import type { App } from '../../shared/apps/app.ts';
import type { CredentialFate } from '../../shared/requests/response.ts';
import type { Withheld } from '../../shared/requests/withheld.ts';
import type { CookieJar } from '../cookies/cookie-jar.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { HeaderLine } from './build-headers.ts';
import { type Credential, takesForm, withFormField, withParameter } from './inject-credential.ts';
import type { OutgoingHop } from './send-hop.ts';
import type { StreamedBody } from './streamed-body.ts';

/** A request as composed, before a credential is put in or anything is withheld. */
export interface PlannedHop {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | StreamedBody | null;
}

export interface HopPolicy {
  readonly app: App;
  readonly redactor: Redactor;
  readonly credential: Credential | null;
  /** `null`: none are sent and none are kept. */
  readonly cookies: CookieJar | null;
  /** Where the user sent the request: what was typed may go there, though the app's tokens may not. */
  readonly firstOrigin: string;
}

/** A request as it goes out, and what became of its credentials. */
export interface DressedHop {
  readonly hop: OutgoingHop;
  readonly fate: CredentialFate;
  readonly withheld: readonly Withheld[];
  /** Names of the jar's cookies that go along. */
  readonly cookies?: readonly string[];
}

/** Parts of the names of headers that hold credentials: rather one too many withheld than one too few. */
const CREDENTIAL_WORDS =
  /(^|[-_])(authorization|auth|bearer|jwt|dpop|cookie2?|tokens?|secret|session|sid|password|passwd|credentials?|signature|apikey|(api|access|subscription|private|client)[-_]?key)($|[-_])/i;

/**
 * Puts the credential into a request that goes to an allowed origin, and takes every credential out of one
 * that does not: the token, typed headers such as Authorization, Cookie and X-Api-Key, and header, URL
 * parameter or body in which a secret of the app stands.
 *
 * @throws AppError `ORIGIN_NOT_ALLOWED` where the secret stands in the URL's host or path, and cannot be taken out
 */
export function dressHop(planned: PlannedHop, policy: HopPolicy): DressedHop {
  if (isOriginAllowed(planned.url, policy.app.allowedOrigins)) return withCredential(planned, policy);
  const typedMayGo = planned.url.origin === policy.firstOrigin;
  const { hop, withheld: parts } = withoutSecrets(planned, policy, typedMayGo);
  const withheld: Withheld[] = policy.credential === null ? parts : ['token', ...parts];
  if (withheld.length > 0) return { hop, fate: 'withheld', withheld };
  return { hop, fate: hop.headers.some(isCredentialLine) ? 'sent' : 'none', withheld };
}

function withCredential(planned: PlannedHop, { credential, redactor }: HopPolicy): DressedHop {
  if (credential === null) {
    const carries = planned.headers.some(isCredentialLine) || holdsSecret(planned, redactor);
    return { hop: planned, fate: carries ? 'sent' : 'none', withheld: [] };
  }
  if (credential.kind === 'query') {
    const url = withParameter(planned.url, credential.name, credential.value);
    return sent({ ...planned, url });
  }
  if (credential.kind === 'form') {
    // A redirect may have taken the body away, and with it the place of the credential.
    if (!takesForm(planned)) return { hop: planned, fate: 'withheld', withheld: ['form'] };
    return sent(withFormField(planned, credential.name, credential.value));
  }
  return sent({ ...planned, headers: [...planned.headers, credential.line] });
}

const sent = (hop: OutgoingHop): DressedHop => ({ hop, fate: 'sent', withheld: [] });

/** Whether a known secret of the app stands anywhere in a request. */
export function holdsSecret({ url, headers, body }: PlannedHop, redactor: Redactor): boolean {
  return (
    redactor.text(url.href).count > 0 ||
    headers.some(([, value]) => redactor.text(value).count > 0) ||
    bodyHoldsSecret(body, redactor)
  );
}

function bodyHoldsSecret(body: PlannedHop['body'], redactor: Redactor): boolean {
  if (body === null) return false;
  return Buffer.isBuffer(body) ? redactor.finds(body) : body.holdsSecret;
}

function withoutSecrets(
  planned: PlannedHop,
  { redactor, app }: HopPolicy,
  typedMayGo: boolean,
): { hop: OutgoingHop; withheld: Withheld[] } {
  const isSecret = (text: string) => redactor.text(text).count > 0;
  const headers = planned.headers.filter(
    (line) => !(isCredentialLine(line) && !typedMayGo) && !isSecret(line[1]),
  );
  const dropBody = bodyHoldsSecret(planned.body, redactor);
  const url = withoutSecretParameters(planned.url, isSecret);
  if (isSecret(url.href)) {
    throw new AppError(
      'ORIGIN_NOT_ALLOWED',
      `The redirect leads to ${redactor.text(url.origin).text} with a secret of the app ${app.name} in the URL. It was not followed.`,
      { app: app.name },
    );
  }
  const withheld: Withheld[] = [];
  if (headers.length < planned.headers.length) withheld.push('headers');
  if (url.href !== planned.url.href) withheld.push('parameters');
  if (dropBody) withheld.push('body');
  const body = dropBody ? null : planned.body;
  return {
    hop: { url, method: planned.method, headers: dropBody ? withoutContent(headers) : headers, body },
    withheld,
  };
}

function withoutSecretParameters(url: URL, isSecret: (text: string) => boolean): URL {
  if (!isSecret(url.search)) return url;
  const result = new URL(url);
  result.search = url.search
    .slice(1)
    .split('&')
    .filter((pair) => !isSecret(pair))
    .join('&');
  return result;
}

/** By its name alone, whatever it holds. */
export function isCredentialLine([name]: HeaderLine): boolean {
  return CREDENTIAL_WORDS.test(name);
}

/** Without the headers that describe a body, for a request that no longer has one. */
export function withoutContent(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.filter(
    ([name]) => !/^content-(type|encoding|language|location|length|disposition|md5)$/i.test(name),
  );
}
