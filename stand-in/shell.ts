import { appendFileSync } from 'node:fs';
import type Electron from 'electron';
import { environment, say } from './app/environment.ts';
import { refusing } from './unimplemented.ts';

/**
 * Nothing outside is opened: what would be is named. Addresses are also written, one a line, to the file that
 * `TESSERA_STAND_IN_OPENED` names.
 */
export const shell = refusing(
  {
    openExternal: async (url) => {
      say(`would open ${url}`);
      if (environment.opened !== undefined) appendFileSync(environment.opened, `${url}\n`);
    },
    openPath: async (path) => {
      say(`would open ${path}`);
      return '';
    },
    showItemInFolder: (path) => say(`would show ${path}`),
  } satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>,
  'electron.shell',
);
