import { nativeTheme } from 'electron';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function settingsHandlers({ tessera: { settings }, emit }: ShellContext): FeatureHandlers<'settings'> {
  return {
    'settings.read': () => settings.read(),
    'settings.change': (changes) => {
      const changed = settings.change(changes);
      nativeTheme.themeSource = changed.theme;
      emit('settings.changed', changed);
      return changed;
    },
  };
}
