import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Finding } from '../../shared/health/finding.ts';

/**
 * Leaves the focus where it was in a list of findings when the one that had it goes: with the next one, so that
 * several are dismissed one after the other; with the title where that was the last.
 *
 * @param listed what is listed @returns to be called before one goes
 */
export function useNextFocused(part: RefObject<HTMLElement | null>, listed: readonly Finding[]): () => void {
  const place = useRef<number | null>(null);
  const before = useRef(listed);
  useEffect(() => {
    if (before.current === listed) return;
    before.current = listed;
    if (place.current === null) return;
    const buttons = buttonsIn(part.current);
    const next = buttons[Math.min(place.current, buttons.length - 1)] ?? part.current?.querySelector('h1');
    place.current = null;
    if (document.activeElement === document.body) next?.focus();
  }, [part, listed]);
  return useCallback(() => {
    const { activeElement } = document;
    const at = activeElement instanceof HTMLElement ? buttonsIn(part.current).indexOf(activeElement) : -1;
    place.current = at === -1 ? null : at;
  }, [part]);
}

function buttonsIn(part: HTMLElement | null): HTMLElement[] {
  return [...(part?.querySelectorAll<HTMLElement>('[data-finding="dismiss"]') ?? [])];
}
