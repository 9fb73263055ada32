import { AppError } from '../../shared/app-error.ts';
import { isOwnHeader } from '../../shared/requests/own-headers.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { type HeaderLine, headerText } from './build-headers.ts';

/** What goes along with a request: a header line, or a parameter of the URL or of a form body. */
export type Credential =
  | { readonly kind: 'header'; readonly line: HeaderLine }
  | { readonly kind: 'query'; readonly name: string; readonly value: string }
  | { readonly kind: 'form'; readonly name: string; readonly value: string };

/** Where a token's credential goes. */
export interface CredentialPlace {
  readonly kind: 'basic' | 'bearer' | 'header' | 'query' | 'form';
  /** Of the header or parameter; empty for Authorization. */
  readonly name: string;
}

/** As much of a token as its way into a request depends on. */
export type CredentialShape = Pick<Token, 'scheme' | 'field' | 'sentIn' | 'tokenId' | 'login'>;

export function credentialPlace({ scheme, field, sentIn, login }: CredentialShape): CredentialPlace {
  switch (scheme) {
    case 'basic':
      return { kind: 'basic', name: '' };
    case 'bearer':
    case 'oauth2':
      return { kind: 'bearer', name: '' };
    case 'header':
      return { kind: 'header', name: field ?? '' };
    case 'query':
      return { kind: sentIn === 'form' ? 'form' : 'query', name: field ?? '' };
    case 'login': {
      const { place, name } = login?.description.sentAs ?? { place: 'bearer', name: '' };
      return { kind: place, name };
    }
  }
}

/**
 * Makes the credential of a token. This is the one place where a secret becomes a string: undici takes
 * nothing else. The string lives as long as the request.
 *
 * @param secret wiped before this returns
 * @throws AppError `INVALID_INPUT` for a header that the connection sets by itself
 */
export function makeCredential(token: CredentialShape, secret: Buffer): Credential {
  const { kind, name } = credentialPlace(token);
  try {
    switch (kind) {
      case 'basic': {
        const pair = Buffer.concat([Buffer.from(`${token.tokenId ?? ''}:`), secret]);
        const line = ['Authorization', `Basic ${pair.toString('base64')}`] as const;
        pair.fill(0);
        return { kind: 'header', line };
      }
      case 'bearer':
        return { kind: 'header', line: ['Authorization', `Bearer ${headerText(secret.toString())}`] };
      case 'header':
        refuseOwn(name);
        return { kind: 'header', line: [name, headerText(secret.toString())] };
      case 'query':
      case 'form':
        return { kind, name, value: secret.toString() };
    }
  } finally {
    secret.fill(0);
  }
}

/** New tokens have no such header; those kept before that was refused may, and so may a login of its user's own. */
function refuseOwn(header: string): void {
  if (!isOwnHeader(header)) return;
  throw new AppError(
    'INVALID_INPUT',
    `The token would go as the header ${header}, which Tessera sets from the URL and the body. Name another header in the token.`,
    { path: 'field', header },
  );
}

/** The name of the header that a token's credential goes into, lower case; `null` for a parameter. */
function credentialHeader(token: Token): string | null {
  const { kind, name } = credentialPlace(token);
  if (kind === 'query' || kind === 'form') return null;
  return kind === 'header' ? name.toLowerCase() : 'authorization';
}

/**
 * Whether the token steps back for a header that was typed: so it does when nobody named the token.
 *
 * @throws AppError `INVALID_INPUT` where a token was named, and its header was typed too
 */
export function yieldsToTyped(token: Token, named: boolean, typed: ReadonlySet<string>): boolean {
  const header = credentialHeader(token);
  if (header === null || !typed.has(header)) return false;
  if (!named) return true;
  throw new AppError(
    'INVALID_INPUT',
    `The token ${token.name} and the headers both set ${header}. Take the header out, or choose no token.`,
    { path: 'headers', header },
  );
}

/** The URL with the credential as its parameter, in place of any of that name; all else stays as it was. */
export function withParameter(url: URL, name: string, value: string): URL {
  const result = new URL(url);
  result.search = withPair(url.search.slice(1), name, value);
  return result;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The least of a request that its body's credential needs to know. */
interface FormHop {
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly body: unknown;
}

/** Whether a form field can go along: with a form, or with a method that has a body and none yet. */
export function takesForm({ method, headers, body }: FormHop): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (body === null) return type === undefined || isForm(type);
  return Buffer.isBuffer(body) && isForm(type ?? '');
}

/** @throws AppError `INVALID_INPUT` where a token goes into a form, and the request has none */
export function checkForm(token: Token, hop: FormHop): void {
  const { kind, name } = credentialPlace(token);
  if (kind !== 'form' || takesForm(hop)) return;
  throw new AppError(
    'INVALID_INPUT',
    `The token ${token.name} goes into the form field ${name}, and this request sends no form. Choose the method POST and a form as its body, or let the token be sent in the URL.`,
    { path: 'body', token: token.name },
  );
}

/** A form with the credential as its field, in place of any of that name. */
export function withFormField<Hop extends FormHop>(
  hop: Hop,
  name: string,
  value: string,
): Hop & { body: Buffer; headers: HeaderLine[] } {
  const form = Buffer.isBuffer(hop.body) ? hop.body.toString() : '';
  const headers = hop.headers.filter(([header]) => header.toLowerCase() !== 'content-length');
  const hasType = headers.some(([header]) => header.toLowerCase() === 'content-type');
  return {
    ...hop,
    headers: hasType ? headers : [...headers, ['Content-Type', FORM_TYPE]],
    body: Buffer.from(withPair(form, name, value)),
  };
}

function isForm(contentType: string): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === FORM_TYPE;
}

function withPair(pairs: string, name: string, value: string): string {
  const kept = pairs.split('&').filter((pair) => pair !== '' && parameterName(pair) !== name);
  return [...kept, `${encodeURIComponent(name)}=${encodeURIComponent(value)}`].join('&');
}

function parameterName(pair: string): string {
  return [...new URLSearchParams(pair).keys()][0] ?? '';
}
