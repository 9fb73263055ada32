import { AppError } from '../../shared/app-error.ts';
import { MASK } from '../../shared/redaction/mask.ts';
import { type Request, type RequestBody, requestSchema } from '../../shared/requests/request.ts';
import type { Authority, ManagementExchange } from '../../shared/tokens/remote-token.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Provider, ProviderAnswer } from '../providers/provider.ts';
import { isSuccess } from '../providers/read-answer.ts';
import type { ManagementBody, ManagementCall } from '../providers/token-management.ts';
import { excerpt } from '../redaction/excerpt.ts';
import { Redactor } from '../redaction/redactor.ts';
import type { Answer } from '../requests/send-request.ts';
import { ProviderRefusal } from './provider-refusal.ts';

/** Longer answers are not lists of tokens. */
const ANSWER_BYTES = 4 * 1024 * 1024;
const SHOWN_CHARACTERS = 20_000;

export interface AskOptions {
  readonly variables: readonly Readonly<Record<string, string>>[];
  readonly signal: AbortSignal;
  readonly onHead: () => void;
  readonly onDecoded: (bytes: Buffer) => void;
}

/** Through the one pipeline: expiry, origin and redaction hold for these requests as for any other. */
export type SendToProvider = (request: Request, options: AskOptions) => Promise<Answer>;

export interface Asked<Result> {
  readonly result: Result;
  readonly exchange: ManagementExchange;
}

/**
 * Makes one call of a provider's API that manages tokens, with a token that may do so.
 *
 * @throws ProviderRefusal where the answer says no, or is not what the provider documents; as
 * `sendRequest` where none came
 */
export async function askProvider<Result extends object | true>(
  provider: Provider,
  call: ManagementCall<Result>,
  authority: Authority,
  send: SendToProvider,
  signal: AbortSignal,
): Promise<Asked<Result>> {
  const decoded = new DecodedBody();
  try {
    const { request, values } = requestOf(call, authority);
    const { response, body } = await send(request, {
      variables: [values],
      signal,
      // There is a second answer where the first refused an access token that could be renewed.
      onHead: () => decoded.clear(),
      onDecoded: (bytes) => decoded.add(bytes),
    });
    using spool = body;
    if (response.failure !== null) throw AppError.from(response.failure);
    const { status, statusText, headers } = response;
    const answer: ProviderAnswer = { status, headers, body: decoded.json(), receivedAt: new Date() };
    const text = spool.toBuffer().toString('utf8');
    const exchange = {
      method: request.method,
      url: response.url,
      sent: sentFields(call.body),
      status,
      statusText,
    };
    if (!isDone(provider, answer)) {
      const refused = { ...exchange, answer: shown(text, [authority.password]) };
      throw new ProviderRefusal(provider, `${status} ${statusText}`.trim(), response.hint, refused);
    }
    const result = call.read(answer);
    // Where it is not known what stands where, a new secret cannot be masked.
    if (result === null) {
      throw new ProviderRefusal(provider, 'something that it does not document', null, {
        ...exchange,
        answer: '',
      });
    }
    return {
      result,
      exchange: { ...exchange, answer: shown(text, [secretOf(result), authority.password]) },
    };
  } finally {
    decoded.clear();
  }
}

/** Whatever is sent goes by a variable: braces in a name or a password are no references. */
function requestOf(
  { method, path, body }: ManagementCall<unknown>,
  { by }: Authority,
): { readonly request: Request; readonly values: Readonly<Record<string, string>> } {
  const { content, values } = bodyOf(body);
  const request = requestSchema.parse({
    method,
    url: path,
    body: content,
    auth: by === null ? { kind: 'inherit' } : { kind: 'token', name: by },
    // A redirect leads to a page to sign in, which knows nothing of tokens.
    maxRedirects: 0,
  });
  return { request, values };
}

function bodyOf(body: ManagementBody | null): {
  readonly content: RequestBody;
  readonly values: Readonly<Record<string, string>>;
} {
  if (body === null) return { content: { kind: 'none' }, values: {} };
  if (body.kind === 'json') {
    return { content: { kind: 'json', text: '{{body}}' }, values: { body: JSON.stringify(body.value) } };
  }
  const fields = Object.entries(body.fields);
  return {
    content: {
      kind: 'form',
      fields: fields.map(([name], index) => ({ name, value: `{{field${index}}}`, enabled: true })),
    },
    values: Object.fromEntries(fields.map(([, value], index) => [`field${index}`, value])),
  };
}

function sentFields(body: ManagementBody | null): readonly (readonly [string, string])[] {
  if (body === null) return [];
  if (body.kind === 'form') {
    return Object.entries(body.fields).map(([name, value]) => [name, name === 'password' ? MASK : value]);
  }
  return Object.entries(Object(body.value)).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

function isDone({ judge }: Provider, answer: ProviderAnswer): boolean {
  // Nothing to read, and nothing that could say otherwise.
  if (answer.status === 204) return true;
  return judge === undefined ? isSuccess(answer.status) : judge(answer) === 'accepted';
}

function secretOf(result: object | true): string | null {
  return typeof result === 'object' && 'secret' in result && typeof result.secret === 'string'
    ? result.secret
    : null;
}

/** The pipeline masks what it knows of; the new secret it could not know. */
function shown(text: string, secrets: readonly (string | null)[]): string {
  const redactor = new Redactor(secrets.flatMap((secret) => (secret === null ? [] : [Buffer.from(secret)])));
  try {
    return excerpt(text, SHOWN_CHARACTERS, (whole) => redactor.text(whole).text);
  } finally {
    redactor.wipe();
  }
}

/** An answer as it came: it may hold a secret that is given out this once. */
class DecodedBody {
  readonly #parts: Buffer[] = [];
  #bytes = 0;

  add(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#bytes <= ANSWER_BYTES) this.#parts.push(Buffer.from(bytes));
  }

  /** `undefined` where it is none, or too long to be one. */
  json(): unknown {
    if (this.#bytes > ANSWER_BYTES) return undefined;
    const whole = Buffer.concat(this.#parts);
    const text = whole.toString('utf8');
    whole.fill(0);
    return parseJson(text);
  }

  clear(): void {
    for (const part of this.#parts.splice(0)) part.fill(0);
    this.#bytes = 0;
  }
}
