import { powerMonitor } from 'electron';
import type { Vault } from '../../core/vault/vault.ts';

/**
 * Locks when the machine sleeps or its screen is locked: whoever comes back may be someone else. On Linux
 * Electron says nothing of a locked screen; the session's own messages do.
 */
export function lockOnAbsence(vault: Vault): void {
  const lock = () => vault.lock();
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  if (process.platform === 'linux') void watchLinuxSession(lock);
}

/** Loaded apart: on a machine without D-Bus nothing of it is needed. */
async function watchLinuxSession(lock: () => void): Promise<void> {
  const { watchSession } = await import('./linux-session.ts');
  await watchSession(lock);
}
