import { readFileSync } from 'node:fs';

/**
 * Whether Ctrl+C on a terminal reaches us, and with us every program in our process group: where the system
 * tells, whether the group is its terminal's foreground one, whatever is redirected; else, whether any of our
 * streams is a terminal.
 */
export function isInForeground(): boolean {
  if (process.platform !== 'linux') return isOnTerminal();
  try {
    // pid (name) state ppid pgrp session tty_nr tpgid …; the name may hold anything, brackets too.
    const fields = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[2] === fields[5];
  } catch {
    return isOnTerminal();
  }
}

function isOnTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
}
