import type { AppErrorData } from '../app-error.ts';
import type { AssertionResult } from './assertion.ts';
import type { Attempt, RateLimit } from './rate-limit.ts';
import type { HopTimeline, StoppingPlace } from './timeline.ts';
import type { Withheld } from './withheld.ts';

/** Whether a credential went along on a hop, and if not, whether there was one to hold back. */
export type CredentialFate = 'sent' | 'withheld' | 'none';

/** One exchange of a request that may have been redirected. */
export interface Hop extends HopTimeline {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly credential: CredentialFate;
  /** Of the credentials; empty unless one was `withheld`. */
  readonly withheld: readonly Withheld[];
  /** Names of the jar's cookies that went along. */
  readonly cookies: readonly string[];
}

/** An exchange that ended before a head had come. */
export interface UnansweredHop extends Omit<Hop, 'status' | 'httpVersion' | 'received'> {
  readonly stoppedAt: StoppingPlace;
}

/** The way of a request that got no answer. Masked like that of one that did. */
export interface FailedTimeline {
  readonly hops: readonly Hop[];
  /** `null`: it was given up between two hops. */
  readonly unanswered: UnansweredHop | null;
  /** Tries that came before the one that is shown. */
  readonly attempts: readonly Attempt[];
}

/** Milliseconds from the moment the request was handed to the network. */
export interface Timings {
  /** Until the last head arrived. */
  readonly waitMs: number;
  /** From the last head to the end of the body. */
  readonly downloadMs: number;
  readonly totalMs: number;
}

/** How far an answer has come. */
export interface SendProgress {
  readonly sendId: string;
  readonly receivedBytes: number;
  /** What of it can be looked at already. */
  readonly live: LiveResponse;
}

/** An answer that is still coming: its body can be read by `responseId`. */
export interface LiveResponse {
  readonly responseId: string;
  readonly status: number;
  readonly statusText: string;
  readonly mediaType: string;
}

/** An answer, redacted. The body is kept in the main process and read in windows by `responseId`. */
export interface Response {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  /** The last URL, redacted. */
  readonly url: string;
  readonly hops: readonly Hop[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Header lines that came behind the body. */
  readonly trailers: readonly (readonly [name: string, value: string])[];
  /** Media type without parameters, lower case; empty where none was sent. */
  readonly mediaType: string;
  /** Bytes of the decoded body before redaction. */
  readonly bodyBytes: number;
  /** What arrived is less than what was promised; `failure` says why. */
  readonly truncated: boolean;
  readonly failure: AppErrorData | null;
  /** How many times a known secret was masked. */
  readonly redactions: number;
  readonly timings: Timings;
  /** What the provider means by this status, in plain words. */
  readonly hint: string | null;
  /** Name of the token that was used. */
  readonly token: string | null;
  /** Tries that came before this one. */
  readonly attempts: readonly Attempt[];
  readonly rateLimit: RateLimit | null;
  /** What is worth knowing beside the answer, in words. */
  readonly notices: readonly string[];
  readonly assertions: readonly AssertionResult[];
}
