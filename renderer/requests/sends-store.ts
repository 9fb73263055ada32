import { create } from 'zustand';
import type { LiveResponse, Response, SendProgress } from '../../shared/requests/response.ts';

/** What the user was told of, and wants to send all the same. */
export interface SendAnyway {
  readonly sendExpired?: boolean;
  readonly sendCompromised?: boolean;
}

export interface Answered {
  readonly responseId: string;
  readonly response: Response;
}

/** The last time that a tab's request was sent, and what became of it. */
export interface Send {
  readonly sendId: string;
  readonly anyway: SendAnyway;
  readonly isPending: boolean;
  readonly receivedBytes: number;
  /** What can be looked at already. */
  readonly live: LiveResponse | null;
  readonly answer: Answered | null;
  readonly error: unknown;
}

interface Sends {
  /** By tab: what was sent goes on, and its answer stays, while another tab is shown. */
  readonly sends: Readonly<Record<string, Send>>;
  readonly begin: (tabId: string, sendId: string, anyway: SendAnyway) => void;
  readonly progress: (progress: SendProgress) => void;
  /** @returns whether the tab still waits for it */
  readonly end: (tabId: string, sendId: string, outcome: Pick<Send, 'answer' | 'error'>) => boolean;
  readonly forget: (tabId: string) => void;
}

export const useSends = create<Sends>((set, get) => ({
  sends: {},
  begin: (tabId, sendId, anyway) =>
    set(({ sends }) => ({
      sends: {
        ...sends,
        [tabId]: { sendId, anyway, isPending: true, receivedBytes: 0, live: null, answer: null, error: null },
      },
    })),
  progress: ({ sendId, receivedBytes, live }) => {
    const [tabId, send] = Object.entries(get().sends).find(([, each]) => each.sendId === sendId) ?? [];
    if (tabId === undefined || send === undefined) return;
    set(({ sends }) => ({ sends: { ...sends, [tabId]: { ...send, receivedBytes, live } } }));
  },
  end: (tabId, sendId, outcome) => {
    const send = get().sends[tabId];
    if (send?.sendId !== sendId) return false;
    set(({ sends }) => ({ sends: { ...sends, [tabId]: { ...send, ...outcome, isPending: false } } }));
    return true;
  },
  forget: (tabId) =>
    set(({ sends }) => ({
      sends: Object.fromEntries(Object.entries(sends).filter(([id]) => id !== tabId)),
    })),
}));
