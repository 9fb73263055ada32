import type Electron from 'electron';
import { say } from './app/environment.ts';
import { refusing } from './unimplemented.ts';

/** Nothing outside is opened: what would be is named. */
export const shell = refusing(
  {
    openExternal: async (url) => say(`would open ${url}`),
    openPath: async (path) => {
      say(`would open ${path}`);
      return '';
    },
    showItemInFolder: (path) => say(`would show ${path}`),
  } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>,
  'electron.shell',
);
