import { join } from 'node:path';
import { app } from 'electron';
import { keepPracticeApps } from '../../core/practice/keep-practice-apps.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';
import { PracticeProcess } from './practice-process.ts';

export function practiceHandlers({ tessera }: ShellContext): FeatureHandlers<'practice'> {
  const practice = new PracticeProcess(join(import.meta.dirname, '..', 'practice', 'serve.js'));
  app.on('will-quit', () => practice.stop());
  return {
    'practice.status': () => ({ url: practice.url }),
    'practice.start': async () => {
      const announcement = await practice.start();
      return { url: announcement.url, appId: keepPracticeApps(tessera, announcement) };
    },
    'practice.stop': () => practice.stop(),
  };
}
