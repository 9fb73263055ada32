import { type RefObject, useEffect, useState } from 'react';

/** What each open dialog gives the focus back to, the nearest first. */
const openersOf = new WeakMap<Element, readonly Element[]>();

/**
 * Gives the focus back when a dialog closes: to what opened it, else to what led there. react-aria does so too, a
 * frame after the closing; but where a dialog closes after an answer, the page is inert until later than that. Where
 * all of them are gone, it is for `useFocusKept` to say where the focus goes.
 */
export function useFocusReturned(dialog: RefObject<HTMLElement | null>): void {
  // Asked before anything in the dialog takes the focus.
  const [openers] = useState(() => wayTo(document.activeElement));
  useEffect(() => {
    if (dialog.current !== null) openersOf.set(dialog.current, openers);
    // With this, the page stops being inert.
    return () => void requestAnimationFrame(() => giveBack(openers));
  }, [dialog, openers]);
}

/** An element, the button of the menu that it is in, and what opened the dialog that it is in. */
function wayTo(element: Element | null): readonly Element[] {
  if (element === null) return [];
  const menu = element.closest('[role="menu"]');
  const button = menu && document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`);
  const dialog = element.closest('[role="dialog"]');
  return [element, ...(button ? [button] : []), ...((dialog && openersOf.get(dialog)) ?? [])];
}

function giveBack(openers: readonly Element[]): void {
  for (const element of openers) {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    // One that is gone, or disabled, does not take it.
    if (element instanceof HTMLElement && element !== document.body) element.focus();
  }
}
