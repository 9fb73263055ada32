import type { RenamedReference } from '../../shared/collections/token-reference.ts';
import { sameName } from '../../shared/name.ts';
import type { Request } from '../../shared/requests/request.ts';
import type { Tab } from './tabs-store.ts';

export interface TokenRename {
  readonly appId: string;
  readonly from: string;
  readonly to: string;
  /** The files that name it by its new name now. */
  readonly changed: readonly RenamedReference[];
}

/** Tabs whose requests call a token by its new name, as their files on the disk do by now. */
export function renamedTabs(tabs: readonly Tab[], { appId, from, to, changed }: TokenRename): readonly Tab[] {
  const renamed = (request: Request): Request =>
    request.auth.kind === 'token' && sameName(request.auth.name, from)
      ? { ...request, auth: { kind: 'token', name: to } }
      : request;
  return tabs.map((tab) => {
    if (tab.appId !== appId) return tab;
    return { ...tab, request: renamed(tab.request), saved: savedAfter(tab, changed, renamed) };
  });
}

/** A file that something else had changed before is still another than the one that was opened. */
function savedAfter(
  { saved }: Tab,
  changed: readonly RenamedReference[],
  renamed: (request: Request) => Request,
): Tab['saved'] {
  const file = changed.find(
    ({ collectionId, path, versionBefore }) =>
      collectionId === saved?.place.collectionId &&
      path === saved.place.path &&
      versionBefore === saved.place.version,
  );
  if (saved === null || file === undefined) return saved;
  const place = { ...saved.place, version: file.version };
  return { ...saved, place, request: renamed(saved.request) };
}
