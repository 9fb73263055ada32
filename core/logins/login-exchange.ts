import { AppError } from '../../shared/app-error.ts';
import { isOriginAllowed } from '../../shared/apps/allowed-origin.ts';
import type { App } from '../../shared/apps/app.ts';
import type { HeaderLine } from '../requests/build-headers.ts';
import type { Connections } from '../requests/connections.ts';
import type { Flow, Receiver } from '../requests/receive-body.ts';
import { sendHop } from '../requests/send-hop.ts';
import { Stopper } from '../requests/stopper.ts';

/** One request of a login or of OAuth, with its secrets in it. */
export interface LoginMessage {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | null;
}

/** Its answer, not redacted: it is looked at, and never stored or shown. */
export interface LoginReply {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
}

export interface LoginExchange {
  readonly app: App;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** Masks the app's secrets in a text. */
  readonly redact: (text: string) => string;
}

const TIMEOUT_MS = 30_000;
const ANSWER_BYTES = 1024 * 1024;

/**
 * Sends one request of a login: over the app's connections, to the app's allowed origins only, and no
 * redirect is followed.
 *
 * @throws AppError `ORIGIN_NOT_ALLOWED`, `NETWORK_…`, `BODY_TOO_LARGE`, `CANCELLED`
 */
export async function sendLoginMessage(message: LoginMessage, exchange: LoginExchange): Promise<LoginReply> {
  checkLoginOrigin(message.url, exchange.app);
  const stopper = new Stopper(exchange.signal, TIMEOUT_MS);
  try {
    const dispatcher = await exchange.connections.dispatcher(message.url);
    const headers: HeaderLine[] = [
      ['User-Agent', 'Tessera'],
      ['Accept', 'application/json'],
      ['Accept-Encoding', 'identity'],
      ...message.headers,
    ];
    const { head, receiver, failure } = await sendHop(
      dispatcher,
      { ...message, headers },
      () => ({ receiver: new ShortReceiver() }),
      stopper,
    );
    if (failure !== null) throw failure;
    return { status: head.status, headers: head.headers, body: receiver.body() };
  } finally {
    stopper.done();
  }
}

function checkLoginOrigin(url: URL, app: App): void {
  if (isOriginAllowed(url, app.allowedOrigins)) return;
  const allowed = app.allowedOrigins.length === 0 ? 'no origin yet' : `only ${app.allowedOrigins.join(', ')}`;
  throw new AppError(
    'ORIGIN_NOT_ALLOWED',
    `Signing in would send secrets to ${url.origin}, and the app ${app.name} allows ${allowed}. Nothing was sent. If this is where the login lives, add it to the app's allowed origins.`,
    { origin: url.origin, app: app.name, allowed: app.allowedOrigins },
  );
}

/** Keeps an answer as it came, up to a size that no login reaches. */
class ShortReceiver implements Receiver {
  receivedBytes = 0;
  readonly #parts: Buffer[] = [];

  write(chunk: Buffer, flow: Flow): void {
    this.receivedBytes += chunk.length;
    if (this.receivedBytes <= ANSWER_BYTES) this.#parts.push(Buffer.from(chunk));
    else flow.stop(new AppError('BODY_TOO_LARGE', 'The answer to the sign-in is larger than 1 MB.'));
  }

  async finish(): Promise<null> {
    return null;
  }

  body(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
