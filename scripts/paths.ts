import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');
export const MAIN_BUNDLE = join(ROOT, 'dist', 'main', 'main.js');
export const STAND_IN_REGISTER = join(ROOT, 'stand-in', 'register.ts');

/** The program that npm put into the project. */
export function binary(name: string): string {
  return join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}
