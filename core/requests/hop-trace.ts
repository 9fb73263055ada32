import type { Socket } from 'node:net';
import { AppError } from '../../shared/app-error.ts';
import type { UnansweredHop } from '../../shared/requests/response.ts';
import type { HeadLine, HopTimeline, HopTimings, StoppingPlace } from '../../shared/requests/timeline.ts';
import { Connection } from '../connections/connection.ts';
import { type HeadListener, headLines, listenForHead } from '../connections/sent-heads.ts';
import type { AnswerHead } from './send-hop.ts';

/** So many are shown of one exchange: a server may send them without end. */
const MOST_INFORMATIONAL = 10;

/** An exchange that ended before a head had come, without what was asked for. */
type Unanswered = Omit<UnansweredHop, 'url' | 'method' | 'credential' | 'withheld' | 'cookies'>;

/** Notes the moments of one exchange as they pass; words are made of them when it is over. */
export class HopTrace implements HeadListener {
  readonly #handedOver = performance.now();
  #started: number | null = null;
  #sent: number | null = null;
  #answered: number | null = null;
  /** Begun for this exchange; it may go over another that was free sooner. */
  #begun: Connection | null = null;
  #connection: Connection | null = null;
  #isReused = false;
  #head = '';
  readonly #informational: AnswerHead[] = [];

  get connection(): Connection | null {
    return this.#connection;
  }

  /** When the head arrived, on `performance.now()`'s clock. */
  get headAt(): number {
    return this.#answered ?? this.#handedOver;
  }

  /** Whether anything of the request was sent. */
  get isStarted(): boolean {
    return this.#started !== null;
  }

  /** Hands the exchange over to undici, which begins a connection in the same turn where it needs one. */
  handOver(dispatch: () => void): void {
    this.#begun = Connection.begunDuring(dispatch);
  }

  /** Undici has a connection for the request, and writes its head in this turn. */
  onStart(): void {
    this.#started = performance.now();
    listenForHead(this);
  }

  onHeadSent(socket: Socket, head: string): void {
    this.#head = head;
    this.#connection = Connection.of(socket);
    this.#isReused = this.#connection?.use() ?? false;
  }

  onSent(): void {
    this.#sent = performance.now();
  }

  /** A head before that of the answer, such as 103 Early Hints. */
  onInformational(head: AnswerHead): void {
    if (this.#informational.length < MOST_INFORMATIONAL) this.#informational.push(head);
  }

  onAnswer(): void {
    this.#answered = performance.now();
  }

  /** A server that wants a client certificate may end a new connection without a word. */
  explain(failure: AppError): AppError {
    const { tls } = this.#connection?.facts(false) ?? { tls: null };
    if (failure.code !== 'NETWORK_RESET' || tls === null || this.#isReused || this.#answered !== null)
      return failure;
    const hint = 'It may want a client certificate: set it in the connection of the app';
    return new AppError(failure.code, `${failure.message.replace(/\.$/, '')}. ${hint}.`, failure.details);
  }

  /** Holds secrets still. To be called as the exchange ends. */
  timeline(head: AnswerHead): HopTimeline {
    return {
      httpVersion: head.httpVersion,
      timings: this.#timings(performance.now()),
      connection: this.#connection?.facts(this.#isReused) ?? null,
      sent: headLines(this.#head),
      received: [...this.#informational, head].flatMap(receivedLines),
      warnings: this.#warnings(),
    };
  }

  /** The same where no head came. */
  unanswered(): Unanswered {
    const connection = this.#connection ?? (this.isStarted ? null : this.#begun);
    return {
      timings: this.#timings(performance.now()),
      connection: connection?.facts(this.#isReused) ?? null,
      sent: headLines(this.#head),
      warnings: this.#warnings(),
      stoppedAt: this.#stoppedAt(),
    };
  }

  #stoppedAt(): StoppingPlace {
    if (this.#sent !== null) return 'wait';
    return this.isStarted ? 'send' : (this.#begun?.stage ?? 'blocked');
  }

  #timings(ended: number): HopTimings {
    const started = this.#started ?? ended;
    const answered = this.#answered ?? ended;
    // A server may answer before it has read all of a body.
    const sent = Math.min(this.#sent ?? answered, answered);
    const made = this.isStarted ? this.#connection : this.#begun;
    const phases = made === null || this.#isReused ? NO_PHASES : phasesOf(made, ended);
    const known = Object.values(phases).reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const hasSent = this.#sent !== null || this.#answered !== null;
    return {
      blockedMs: Math.max(0, started - this.#handedOver - known),
      ...phases,
      sendMs: this.isStarted ? Math.max(0, sent - started) : null,
      waitMs: hasSent ? Math.max(0, answered - Math.max(sent, started)) : null,
      downloadMs: this.#answered === null ? null : ended - answered,
      totalMs: ended - this.#handedOver,
    };
  }

  #warnings(): string[] {
    const { tls } = this.#connection?.facts(false) ?? { tls: null };
    if (tls === null || tls.isVerified) return [];
    return ['The certificate was not checked: whoever answered may not be who the URL says.'];
  }
}

function receivedLines({ headers, httpVersion, status, statusText }: AnswerHead): HeadLine[] {
  const statusLine: HeadLine =
    httpVersion === '2' ? [':status', String(status)] : [`HTTP/1.1 ${status} ${statusText}`.trimEnd(), ''];
  return [statusLine, ...headers];
}

type Phases = Pick<HopTimings, 'dnsMs' | 'connectMs' | 'proxyMs' | 'tlsMs'>;

const NO_PHASES: Phases = { dnsMs: null, connectMs: null, proxyMs: null, tlsMs: null };

/** Each from the end of the one before it; the one that came to no end, until `ended`. */
function phasesOf({ startedAt, moments, stage }: Connection, ended: number): Phases {
  let last = startedAt;
  const since = (moment: number | null) => {
    if (moment === null) return null;
    const span = moment - last;
    last = moment;
    return Math.max(0, span);
  };
  const phases = {
    dnsMs: since(moments.lookedUp),
    connectMs: since(moments.connected),
    proxyMs: since(moments.tunnelled),
    tlsMs: since(moments.secured),
  };
  return stage === null ? phases : { ...phases, [`${stage}Ms`]: since(ended) };
}
