import { app, type Session, session } from 'electron';
import { isTrustedUrl } from '../ipc/trusted-frame.ts';
import { openExternal } from './open-external.ts';

/** Denies everything that the window does not need, for every page there will ever be. */
export function lockDown(trustedOrigins: readonly string[]): void {
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    const keepHere = (event: Electron.Event, url: string) => {
      if (!isTrustedUrl(url, trustedOrigins)) event.preventDefault();
    };
    contents.on('will-navigate', (event) => keepHere(event, event.url));
    contents.on('will-frame-navigate', (event) => keepHere(event, event.url));
    contents.on('will-redirect', (event) => keepHere(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void openExternal(url);
      return { action: 'deny' };
    });
  });
}

function denyPermissions(window: Session): void {
  window.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  window.setPermissionCheckHandler(() => false);
  window.setDevicePermissionHandler(() => false);
  window.setSpellCheckerEnabled(false);
}
