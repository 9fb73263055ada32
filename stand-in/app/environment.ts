/**
 * What whoever starts the stand-in may ask of it, by environment:
 *
 * - `TESSERA_CHROMIUM` the browser's executable; otherwise an installed one is looked up
 * - `TESSERA_STAND_IN_HEADLESS=1` no display is needed, dialogs answer "cancelled"
 * - `TESSERA_STAND_IN_COLOR_SCHEME=dark|light` what the system prefers, for headless windows
 * - `TESSERA_STAND_IN_CDP=FILE` opens a debugging port on loopback and writes its address to FILE
 * - `TESSERA_STAND_IN_DIALOGS=FILE` answers to dialogs, a JSON array, taken from its front (see dialog.ts)
 * - `TESSERA_STAND_IN_NOTIFICATIONS=FILE` takes down what would appear on the desktop (see notification.ts)
 * - `TESSERA_STAND_IN_CLICK_NOTIFICATIONS=1` clicks each of them
 * - `TESSERA_STAND_IN_OPENED=FILE` takes down what would be opened outside (see shell.ts)
 * - `TESSERA_DEV_SERVER=URL` the one origin that may be reached over the network
 */
export const environment = {
  headless: process.env.TESSERA_STAND_IN_HEADLESS === '1',
  colorScheme: process.env.TESSERA_STAND_IN_COLOR_SCHEME === 'dark' ? 'dark' : 'light',
  cdpFile: process.env.TESSERA_STAND_IN_CDP,
  dialogs: process.env.TESSERA_STAND_IN_DIALOGS,
  notifications: process.env.TESSERA_STAND_IN_NOTIFICATIONS,
  clicksNotifications: process.env.TESSERA_STAND_IN_CLICK_NOTIFICATIONS === '1',
  opened: process.env.TESSERA_STAND_IN_OPENED,
  devServer: process.env.TESSERA_DEV_SERVER,
} as const;

/** One line for whoever started the app; never anything from a page or a vault. */
export function say(line: string): void {
  process.stderr.write(`[stand-in] ${line}\n`);
}
