import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function appHandlers({ tessera: { apps, confirmation } }: ShellContext): FeatureHandlers<'apps'> {
  return {
    'apps.list': () => apps.list(),
    'apps.create': (app) => apps.create(app),
    'apps.update': ({ appId, changes }) => {
      const known = apps.get(appId).allowedOrigins;
      // A further origin is where the app's tokens could be sent to from now on.
      if (changes.allowedOrigins?.some((origin) => !known.includes(origin))) confirmation.require();
      return apps.update(appId, changes);
    },
    'apps.remove': ({ appId }) => {
      confirmation.require();
      apps.remove(appId);
    },
  };
}
