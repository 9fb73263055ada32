import { dialog, shell } from 'electron';
import { isLoopbackHost } from '../../shared/apps/allowed-origin.ts';

/** Opens a page in the user's browser: `https:` only, and only after the user has seen where it leads. */
export async function openExternal(url: string): Promise<void> {
  await openAsked(url, ({ protocol }) => protocol === 'https:');
}

/**
 * The page of a sign-in: also one of this computer without encryption.
 *
 * @returns whether it was opened
 */
export function openSignInPage(url: string): Promise<boolean> {
  return openAsked(
    url,
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)),
  );
}

async function openAsked(url: string, isAllowed: (url: URL) => boolean): Promise<boolean> {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  const { host, href, username, password } = parsed;
  if (!isAllowed(parsed) || username !== '' || password !== '') return false;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open ${host} in your browser?`,
    detail: href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(href);
  return response === 0;
}
