import { create } from 'zustand';
import { type Request, type RequestInput, requestSchema } from '../../shared/requests/request.ts';
import { renamedTabs, type TokenRename } from './renamed-tabs.ts';

/** Where a tab's request was read from, or last saved to. */
export interface SavedPlace {
  readonly collectionId: string;
  readonly path: string;
  readonly version: string;
}

/** The tab of an app's tokens, which is always there. */
export const TOKENS_TAB = 'tokens';

export interface Tab {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly request: Request;
  /** What is on disk; `null` for a request that was never saved. */
  readonly saved: { readonly place: SavedPlace; readonly name: string; readonly request: Request } | null;
}

interface Tabs {
  readonly tabs: readonly Tab[];
  /** By app. */
  readonly active: Readonly<Record<string, string>>;
  /** One that was opened to be written, until its URL has the focus. */
  readonly opened: string | null;
  readonly openNew: (appId: string, request?: Partial<RequestInput>) => void;
  readonly openSaved: (appId: string, name: string, request: Request, place: SavedPlace) => void;
  readonly edit: (id: string, changes: Partial<Request>) => void;
  readonly markSaved: (id: string, name: string, request: Request, place: SavedPlace) => void;
  /** Lets what is open follow a token that was renamed. */
  readonly followRename: (rename: TokenRename) => void;
  readonly arrive: () => void;
  readonly activate: (appId: string, id: string) => void;
  /** Where it was shown, the one after it is, or before it. */
  readonly close: (id: string) => void;
  /** When the vault is locked: drafts may hold what was typed in confidence. */
  readonly clear: () => void;
}

export const useTabs = create<Tabs>((set) => {
  const add = (tab: Tab) =>
    set(({ tabs, active }) => ({ tabs: [...tabs, tab], active: { ...active, [tab.appId]: tab.id } }));
  return {
    tabs: [],
    active: {},
    opened: null,
    openNew: (appId, request = {}) => {
      const id = crypto.randomUUID();
      add({
        id,
        appId,
        name: 'New request',
        request: { ...requestSchema.parse({ url: '/', ...request }), url: request.url ?? '' },
        saved: null,
      });
      set({ opened: id });
    },
    openSaved: (appId, name, request, place) =>
      set(({ tabs, active }) => {
        const open = tabs.find(
          ({ saved }) => saved?.place.collectionId === place.collectionId && saved.place.path === place.path,
        );
        const tab = open ?? {
          id: crypto.randomUUID(),
          appId,
          name,
          request,
          saved: { place, name, request },
        };
        return { tabs: open === undefined ? [...tabs, tab] : tabs, active: { ...active, [appId]: tab.id } };
      }),
    edit: (id, changes) =>
      set(({ tabs }) => ({
        tabs: tabs.map((tab) => (tab.id === id ? { ...tab, request: { ...tab.request, ...changes } } : tab)),
      })),
    markSaved: (id, name, request, place) =>
      set(({ tabs }) => ({
        tabs: tabs.map((tab) => (tab.id === id ? { ...tab, name, saved: { place, name, request } } : tab)),
      })),
    arrive: () => set({ opened: null }),
    activate: (appId, id) => set(({ active }) => ({ active: { ...active, [appId]: id } })),
    close: (id) =>
      set(({ tabs, active }) => {
        const appId = tabs.find((tab) => tab.id === id)?.appId;
        if (appId === undefined) return {};
        const left = tabs.filter((tab) => tab.id !== id);
        if (active[appId] !== id) return { tabs: left };
        const own = tabs.filter((tab) => tab.appId === appId);
        const place = own.findIndex((tab) => tab.id === id);
        const next = own[place + 1] ?? own[place - 1];
        return { tabs: left, active: { ...active, [appId]: next?.id ?? '' } };
      }),
    followRename: (rename) => set(({ tabs }) => ({ tabs: renamedTabs(tabs, rename) })),
    clear: () => set({ tabs: [], active: {}, opened: null }),
  };
});

export function isDirty({ request, saved }: Tab): boolean {
  return saved === null ? request.url !== '' : JSON.stringify(request) !== JSON.stringify(saved.request);
}
