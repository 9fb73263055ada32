import { useEffect, useEffectEvent } from 'react';
import type { MenuCommand } from '../../shared/ipc-events.ts';

/** Does `act` when the menu, or its key, asks for `command`. */
export function useCommand(command: MenuCommand, act: () => void): void {
  const run = useEffectEvent(act);
  useEffect(() => {
    const listener = (event: Event) => {
      if (event instanceof CustomEvent && event.detail === command) run();
    };
    window.addEventListener('tessera-command', listener);
    return () => window.removeEventListener('tessera-command', listener);
  }, [command]);
}
