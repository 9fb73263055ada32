import { join } from 'node:path';
import { app, powerMonitor } from 'electron';
import type { Tessera } from '../../core/tessera.ts';
import { ExpiryMemory } from '../../core/tokens/expiry-memory.ts';
import { ExpiryWatch } from '../../core/tokens/expiry-watch.ts';
import type { TokenKey } from '../../shared/tokens/token.ts';
import type { ShellContext } from '../shell-context.ts';
import { openElectronStoreDocument } from '../storage/electron-store-document.ts';
import { ExpiryNotifications } from './expiry-notifications.ts';

/** @param showWindow brings the window to the front */
export function watchExpiry(
  tessera: Tessera,
  emit: ShellContext['emit'],
  showWindow: () => void,
): ExpiryWatch {
  const { vault, apps, settings } = tessera;
  const open = (token: TokenKey | null) => {
    showWindow();
    if (vault.status().state === 'unlocked') emit('tokens.open', token);
  };
  const notifications = new ExpiryNotifications({ appName: (appId) => apps.get(appId).name, open });
  const watch = new ExpiryWatch({
    vault,
    tokens: () => tessera.listTokens(null),
    removeRetired: () => tessera.removeRetired(),
    settings: () => settings.read(),
    memory: new ExpiryMemory(openElectronStoreDocument(join(vault.home, 'expiry.json'))),
    now: () => new Date(),
    onWarning: (tokens) => notifications.say(tokens),
    onSealedWarning: (count) => notifications.saySealed(count),
    onLook: () => emit('tokens.changed', null),
  });
  vault.onChange(({ state }) => {
    if (state !== 'unlocked') notifications.closeAll();
  });
  // Timers stand still while the computer sleeps.
  powerMonitor.on('resume', () => watch.look());
  app.on('will-quit', () => watch.stop());
  return watch;
}
