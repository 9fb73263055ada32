import { useEffect } from 'react';
import { tessera } from '../api/tessera.ts';

/** The main process is told this often at most. */
const TELL_MS = 10_000;

/** Says that somebody is using the window, which puts off the automatic lock. */
export function useTouchVault(isUnlocked: boolean): void {
  useEffect(() => {
    if (!isUnlocked) return;
    let told = 0;
    const touch = () => {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      void tessera.vault.touch();
    };
    const events = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touch, { capture: true, passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, touch, { capture: true });
    };
  }, [isUnlocked]);
}
