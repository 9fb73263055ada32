import { type RefObject, useLayoutEffect, useState } from 'react';

/** What the numbers of lines and the bar take, in characters. */
const MARGIN_COLUMNS = 14;

/** The window is being resized for as long as it changes this often. */
const SETTLE_MS = 150;

/** How many characters of a value go side by side into an element; `null` until it is known. */
export function useColumns(element: RefObject<HTMLElement | null>): number | null {
  const [columns, setColumns] = useState<number | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const width = characterWidth(current);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = () =>
      setColumns(Math.min(1000, Math.max(20, Math.floor(current.clientWidth / width) - MARGIN_COLUMNS)));
    measure();
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(measure, SETTLE_MS);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [element]);
  return columns;
}

/** Of the font in which rows are shown. */
function characterWidth(within: HTMLElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 8;
  context.font = `12.5px ${getComputedStyle(within).getPropertyValue('--font-value')}`;
  return context.measureText('0'.repeat(100)).width / 100;
}
