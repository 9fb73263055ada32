import { delimiter, join } from 'node:path';
import { isExecutable } from '../stand-in/chromium/find-chromium.ts';
import { canInstallByApt, installByApt } from './install-by-apt.ts';

/** Programs that the tests of the keychain and of the screen lock run, and Debian's packages with them. */
const PROGRAMS = {
  'dbus-daemon': 'dbus',
  gdbus: 'libglib2.0-bin',
  'gnome-keyring-daemon': 'gnome-keyring',
} as const;

/** On Linux the keychain is tested with a keyring of the tests' own. @throws Error that says what to install */
export async function ensureSecretService(): Promise<void> {
  if (process.platform !== 'linux' || missing().length === 0) return;
  const packages = missing().map(([, name]) => name);
  if (canInstallByApt()) await installByApt(packages, 'No keyring for the tests found');
  const left = missing();
  if (left.length === 0) return;
  throw new Error(
    `The tests of the keychain need ${left.map(([program]) => program).join(', ')}: install ${packages.join(', ')}.`,
  );
}

function missing(): (readonly [string, string])[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return Object.entries(PROGRAMS).filter(
    ([program]) => !folders.some((folder) => isExecutable(join(folder, program))),
  );
}
