import type Electron from 'electron';
import { app } from '../app/app.ts';
import type { PageAccelerator } from '../page/page-bridge.ts';
import { throwWhenMissing } from '../unimplemented.ts';

type Template = readonly Electron.MenuItemConstructorOptions[];

/** Keys that a key event calls by another name. */
const KEY_NAMES: Readonly<Record<string, string>> = { plus: '+', space: ' ', return: 'enter', esc: 'escape' };

/** The menu is not drawn: its keys work, and its items can be clicked by code. */
export class Menu {
  readonly template: Template;

  constructor(template: Template = []) {
    this.template = template;
  }

  static buildFromTemplate(template: Template): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    current = menu;
    items = menu === null ? [] : flatten(menu.template);
    for (const listener of listeners) listener();
  }

  static getApplicationMenu(): Menu | null {
    return current;
  }
}

throwWhenMissing(Menu, 'electron.Menu');

let current: Menu | null = null;
let items: readonly Electron.MenuItemConstructorOptions[] = [];
const listeners = new Set<() => void>();

export function onMenuChange(listener: () => void): void {
  listeners.add(listener);
}

export function applicationAccelerators(): PageAccelerator[] {
  return items.flatMap((item, id) => {
    const accelerator = item.accelerator ?? (item.role === 'quit' ? 'CmdOrCtrl+Q' : undefined);
    return accelerator === undefined || (item.click === undefined && item.role !== 'quit')
      ? []
      : [pageAccelerator(id, accelerator)];
  });
}

export function clickMenuItem(id: number): void {
  const item = items[id];
  if (item?.role === 'quit') app.quit();
  else item?.click?.({} as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
}

function flatten(template: Template): Electron.MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

/** `CmdOrCtrl+Shift+N` as a key event spells it. */
function pageAccelerator(id: number, accelerator: string): PageAccelerator {
  const parts = accelerator.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  const has = (...names: string[]) => names.some((name) => parts.slice(0, -1).includes(name));
  const either = has('cmdorctrl', 'commandorcontrol');
  const isMac = process.platform === 'darwin';
  return {
    id,
    key: KEY_NAMES[key] ?? key,
    ctrl: has('ctrl', 'control') || (either && !isMac),
    meta: has('cmd', 'command', 'super', 'meta') || (either && isMac),
    shift: has('shift'),
    alt: has('alt', 'option'),
  };
}
