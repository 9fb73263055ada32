import type { Request } from '../../shared/requests/request.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { type Tab, useTabs } from '../tabs/tabs-store.ts';
import { type Send, type SendAnyway, useSends } from './sends-store.ts';

/** Sends a tab's request: one at a time, with how much has arrived, and a way to stop it. */
export function useSend({ id, appId, saved }: Tab) {
  const last = useSends(({ sends }) => sends[id]);
  return {
    last,
    send: (request: Request, anyway: SendAnyway) =>
      void sendOf(id, { appId, request, ...anyway, collectionId: saved?.place.collectionId ?? null }, anyway),
    cancel: () => {
      if (last !== undefined) void tessera.requests.cancel({ sendId: last.sendId });
    },
  };
}

type Sending = Omit<Parameters<typeof tessera.requests.send>[0], 'sendId'>;

async function sendOf(tabId: string, sending: Sending, anyway: SendAnyway): Promise<void> {
  const { sends, begin, end } = useSends.getState();
  letGo(sends[tabId]);
  const sendId = crypto.randomUUID();
  begin(tabId, sendId, anyway);
  try {
    const answer = await unwrap(tessera.requests.send({ ...sending, sendId }));
    if (!end(tabId, sendId, { answer, error: null }))
      void tessera.responses.close({ responseId: answer.responseId });
  } catch (error) {
    end(tabId, sendId, { answer: null, error });
  }
}

/** Follows what is sent; of tabs that are closed nothing is waited for, and no answer kept. @returns ends it */
export function followSends(): () => void {
  const ends = [
    tessera.on['requests.progress'](useSends.getState().progress),
    useTabs.subscribe(({ tabs }) => {
      const { sends, forget } = useSends.getState();
      for (const [tabId, send] of Object.entries(sends)) {
        if (tabs.some(({ id }) => id === tabId)) continue;
        forget(tabId);
        letGo(send);
      }
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function letGo(send: Send | undefined): void {
  if (send === undefined) return;
  if (send.isPending) void tessera.requests.cancel({ sendId: send.sendId });
  if (send.answer !== null) void tessera.responses.close({ responseId: send.answer.responseId });
}
