import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import type { Page } from 'playwright-core';
import { environment } from './app/environment.ts';
import { throwWhenMissing } from './unimplemented.ts';

type ThemeSource = Electron.NativeTheme['themeSource'];

class NativeTheme extends EventEmitter {
  #source: ThemeSource = 'system';
  #systemIsDark = environment.colorScheme === 'dark';

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    this.#change(() => {
      this.#source = source;
    });
    for (const page of pages) void applyColorScheme(page).catch(() => undefined);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  /** For the stand-in's own use: what a page says that the system prefers. */
  static reportSystemPreference(prefersDark: boolean): void {
    // A page under a theme of the app's own sees that theme; a headless one sees what it was told to.
    if (environment.headless || nativeTheme.#source !== 'system') return;
    nativeTheme.#change(() => {
      nativeTheme.#systemIsDark = prefersDark;
    });
  }

  #change(apply: () => void): void {
    const before = this.shouldUseDarkColors;
    apply();
    if (before !== this.shouldUseDarkColors) this.emit('updated');
  }
}

throwWhenMissing(NativeTheme, 'electron.nativeTheme');

export const nativeTheme = new NativeTheme();
nativeTheme satisfies Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;

export const reportSystemPreference = NativeTheme.reportSystemPreference;

const pages = new Set<Page>();

/** Shows the page in the app's theme, now and at every change. */
export async function applyColorScheme(page: Page): Promise<void> {
  if (!pages.has(page)) {
    pages.add(page);
    page.once('close', () => pages.delete(page));
  }
  const system = environment.headless ? environment.colorScheme : null;
  const { themeSource } = nativeTheme;
  await page.emulateMedia({ colorScheme: themeSource === 'system' ? system : themeSource });
}
