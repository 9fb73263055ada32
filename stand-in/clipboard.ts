import type Electron from 'electron';
import { refusing } from './unimplemented.ts';

let text = '';

/** In this process only: the system's clipboard is left alone. */
export const clipboard = refusing(
  {
    writeText: async (value) => {
      text = value;
    },
    readText: async () => text,
    clear: async () => {
      text = '';
    },
  } satisfies Pick<Electron.Clipboard, 'writeText' | 'readText' | 'clear'>,
  'electron.clipboard',
);
