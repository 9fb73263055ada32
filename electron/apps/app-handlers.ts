import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function appHandlers({ tessera: { apps } }: ShellContext): FeatureHandlers<'apps'> {
  return {
    'apps.list': () => apps.list(),
    'apps.create': (app) => apps.create(app),
    'apps.update': ({ appId, changes }) => apps.update(appId, changes),
    'apps.remove': ({ appId }) => apps.remove(appId),
  };
}
