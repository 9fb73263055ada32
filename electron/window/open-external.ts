import { dialog, shell } from 'electron';

/** Opens a page in the user's browser: `https:` only, and only after the user has seen where it leads. */
export async function openExternal(url: string): Promise<void> {
  if (!URL.canParse(url)) return;
  const { protocol, host, href, username, password } = new URL(url);
  if (protocol !== 'https:' || username !== '' || password !== '') return;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open ${host} in your browser?`,
    detail: href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(href);
}
