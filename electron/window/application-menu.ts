import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc-events.ts';

/** The menu; what concerns the window's content is sent to it as a command. */
export function setApplicationMenu(send: (command: MenuCommand) => void): void {
  const command = (label: string, accelerator: string, name: MenuCommand): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => send(name),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New request', 'CmdOrCtrl+N', 'new-request'),
        command('Save request', 'CmdOrCtrl+S', 'save'),
        command('Close tab', 'CmdOrCtrl+W', 'close-tab'),
        { type: 'separator' },
        command('Settings', 'CmdOrCtrl+,', 'settings'),
        command('Lock the vault', 'CmdOrCtrl+L', 'lock'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Request',
      submenu: [command('Send', 'CmdOrCtrl+Enter', 'send')],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
