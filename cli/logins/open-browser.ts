import { spawn } from 'node:child_process';

/** How each system opens an address in its browser. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OTHERWISE = ['xdg-open'] as const;

/** Opens a page in the system's browser. Where that does not work, the address has been printed. */
export function openBrowser(url: URL): void {
  const [program, ...args] = OPENERS[process.platform] ?? OTHERWISE;
  const child = spawn(program, [...args, url.href], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
