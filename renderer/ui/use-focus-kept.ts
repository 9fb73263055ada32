import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/** For so long after a removal the focus may still be lost to it. */
const FRAMES = 30;

/**
 * Gives the focus to what `target` finds in `part` where that which had it there is gone with one that was removed, or
 * cannot have it any more. Dialogs and menus belong to the part that they were opened from.
 *
 * @param count of those that are there
 */
export function useFocusKept(part: RefObject<HTMLElement | null>, count: number, target: string): void {
  const wasHere = useRef(false);
  const before = useRef(count);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest('[role="dialog"], [role="menu"]') !== null) return;
      wasHere.current = part.current?.contains(target) === true;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [part]);
  /** @returns whether the focus was lost, and is given */
  const keep = useEffectEvent(() => {
    const { activeElement } = document;
    const isLost =
      activeElement === null || activeElement === document.body || activeElement.matches(':disabled');
    const next = part.current?.querySelector(target);
    if (!isLost || !(next instanceof HTMLElement)) return false;
    next.focus();
    return true;
  });
  useEffect(() => {
    const isFewer = count < before.current;
    before.current = count;
    if (!isFewer || !wasHere.current) return;
    // A dialog gives the focus back a frame after it is closed, and a disabled button loses it in the next; on a busy
    // machine both come later.
    let seen = 0;
    const look = () => {
      seen += 1;
      if (seen > FRAMES || (seen > 1 && keep())) return;
      frame = requestAnimationFrame(look);
    };
    let frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [count]);
}
