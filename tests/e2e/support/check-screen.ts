import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './tessera-test.ts';

const SIZES = [
  { width: 960, height: 640 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
] as const;

/** Whatever sticks out of the window, and cannot be scrolled to from above or below, by its text. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean => {
      if (element === null) return false;
      const { position, overflowY } = getComputedStyle(element);
      // The title and the actions of a dialog stay where they are while it scrolls.
      if (position === 'sticky' && element.closest('[role="dialog"]') !== null) return false;
      return overflowY === 'auto' || overflowY === 'scroll' || scrolls(element.parentElement);
    };
    return [...document.querySelectorAll('button, input, select, h1, h2, [role="tab"]')]
      .filter((element) => {
        // For screen readers alone: nobody sees where it is.
        if (element.closest('[style*="clip-path: inset(50%)"]') !== null) return false;
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        if (width === 0) return false;
        if (left < 0 || right > window.innerWidth) return true;
        return (top < 0 || bottom > window.innerHeight) && !scrolls(element);
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? '');
  });
}

/** In each size, and by axe. */
export async function checkScreen(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    // A table takes a frame or two to follow the window.
    await expect.poll(() => clipped(page), { message: `${size.width}×${size.height}` }).toEqual([]);
  }
  const axe = new AxeBuilder({ page }).setLegacyMode();
  // Nothing but an open dialog is there for anybody: the page behind it has no main part to be found.
  if ((await page.getByRole('dialog').count()) > 0) axe.include('[role="dialog"]');
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) })),
  ).toEqual([]);
}
