import type { AppErrorData } from '../../shared/app-error.ts';
import type { BodyCharset } from '../../shared/responses/charset.ts';
import type {
  RowLayout,
  RowWindow,
  SearchResult,
  StreamEvent,
  TextSearch,
} from '../../shared/responses/response-rows.ts';
import type { SpoolSnapshot } from '../spool/spool.ts';
import type { BodyFacts } from './body-view.ts';

/** What can be asked about a body, and what is answered. */
export interface BodyQuestions {
  readonly rows: {
    readonly ask: { readonly layout: RowLayout; readonly from: number; readonly count: number };
    readonly answer: RowWindow;
  };
  readonly search: {
    readonly ask: {
      readonly layout: RowLayout;
      readonly search: TextSearch | null;
      readonly fromRow: number;
    };
    readonly answer: SearchResult;
  };
  readonly rowOfMatch: {
    readonly ask: { readonly layout: RowLayout; readonly index: number };
    readonly answer: number;
  };
  readonly rowOfLine: {
    readonly ask: { readonly layout: RowLayout; readonly line: number };
    readonly answer: number;
  };
  readonly text: {
    readonly ask: { readonly layoutKind: 'pretty' | 'raw'; readonly mostBytes: number };
    readonly answer: string;
  };
  readonly charset: { readonly ask: Readonly<Record<never, never>>; readonly answer: BodyCharset };
  readonly events: {
    readonly ask: { readonly from: number; readonly count: number };
    readonly answer: { readonly events: readonly StreamEvent[]; readonly total: number };
  };
}
export type BodyQuestion = keyof BodyQuestions;

/** A question of whatever kind, with what belongs to it. */
export type Asked = {
  readonly [Kind in BodyQuestion]: { readonly kind: Kind } & BodyQuestions[Kind]['ask'];
}[BodyQuestion];

export type ToWorker =
  | {
      /** A body is there, or has grown. */
      readonly kind: 'body';
      readonly bodyId: string;
      readonly snapshot: SpoolSnapshot;
      readonly facts: BodyFacts;
      readonly spoolFolder: string;
    }
  | { readonly kind: 'close'; readonly bodyId: string }
  | { readonly kind: 'ask'; readonly askId: number; readonly bodyId: string; readonly asked: Asked };

/** An answer to a question; without a value and an error where nobody foresaw what happened. */
export interface FromWorker {
  readonly askId: number;
  readonly value?: unknown;
  readonly error?: AppErrorData;
  readonly unforeseen?: string;
}
