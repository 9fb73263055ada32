import { useMutation } from '@tanstack/react-query';
import type { App } from '../../shared/apps/app.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { type SavedPlace, type Tab, useTabs } from '../tabs/tabs-store.ts';

type Target =
  | { readonly name: string; readonly place: SavedPlace }
  | { readonly name: string; readonly collectionId: string };

/** Saves a tab's request: over its file, or as a new one in a collection. */
export function useSave(app: App, tab: Tab) {
  const markSaved = useTabs((tabs) => tabs.markSaved);
  return useMutation({
    mutationFn: async (target: Target) => {
      const { request } = tab;
      const place = 'place' in target ? target.place : null;
      const collectionId = 'place' in target ? target.place.collectionId : target.collectionId;
      const saved = await unwrap(
        tessera.collections.save({
          appId: app.id,
          collectionId,
          path: place?.path ?? null,
          name: target.name,
          request,
          version: place?.version ?? null,
        }),
      );
      markSaved(tab.id, saved.name, request, { collectionId, path: saved.path, version: saved.version });
    },
    onSettled: () => refresh('tree', 'collections'),
  });
}
