import { powerMonitor } from 'electron';
import type { Vault } from '../../core/vault/vault.ts';

/** Locks when the machine sleeps or its screen is locked: whoever comes back may be someone else. */
export function lockOnAbsence(vault: Vault): void {
  powerMonitor.on('suspend', () => vault.lock());
  powerMonitor.on('lock-screen', () => vault.lock());
}
