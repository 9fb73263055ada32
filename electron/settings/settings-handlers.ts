import { nativeTheme } from 'electron';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function settingsHandlers(context: ShellContext): FeatureHandlers<'settings'> {
  const { tessera, emit, autoLock, contentProtection, expiryWatch } = context;
  const { settings } = tessera;
  return {
    'settings.read': () => settings.read(),
    'settings.change': (changes) => {
      const changed = settings.change(changes);
      nativeTheme.themeSource = changed.theme;
      autoLock.reset();
      contentProtection.apply();
      expiryWatch.lookSoon();
      emit('settings.changed', changed);
      return changed;
    },
  };
}
