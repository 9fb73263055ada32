import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, nativeTheme } from 'electron';
import { homeFrom } from '../core/home.ts';
import { BodyReader } from '../core/responses/body-reader.ts';
import { MaskedAnswers } from '../core/responses/masked-answers.ts';
import { ResponseStore } from '../core/responses/response-store.ts';
import { Tessera } from '../core/tessera.ts';
import { AutoLock } from '../core/vault/auto-lock.ts';
import { systemKeychain } from '../core/vault/system-keychain.ts';
import { SecretClipboard } from './clipboard/secret-clipboard.ts';
import { resolveProxy } from './connections/resolve-proxy.ts';
import { handleCalls } from './ipc/handle-calls.ts';
import { createHandlers } from './ipc/handlers.ts';
import { isTrustedFrame } from './ipc/trusted-frame.ts';
import { ErrorLog } from './log/error-log.ts';
import { watchExpiry } from './notifications/watch-expiry.ts';
import { startBodyWorker } from './responses/start-body-worker.ts';
import type { ShellContext } from './shell-context.ts';
import { openElectronStoreDocument } from './storage/electron-store-document.ts';
import { IssuedSecrets } from './tokens/issued-secrets.ts';
import { lockOnAbsence } from './vault/lock-on-absence.ts';
import { APP_ORIGIN, registerAppScheme, serveWindow } from './window/app-protocol.ts';
import { setApplicationMenu } from './window/application-menu.ts';
import { ContentProtection } from './window/content-protection.ts';
import { lockDown } from './window/lock-down.ts';
import { createMainWindow } from './window/main-window.ts';

/** Set at build time: the address of the hot-reloading window while developing; empty in every other build. */
const DEV_SERVER = import.meta.env.DEV ? (process.env.TESSERA_DEV_SERVER ?? '') : '';
const TRUSTED_ORIGINS = DEV_SERVER === '' ? [APP_ORIGIN] : [APP_ORIGIN, new URL(DEV_SERVER).origin];

const HOME = homeFrom(process.argv, process.env);

let window: BrowserWindow | null = null;

prepare();
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', focusWindow);
  void app.whenReady().then(start);
} else {
  app.quit();
}

/** What Electron wants to be told before it is ready. */
function prepare(): void {
  app.enableSandbox();
  registerAppScheme();
  app.setName('Tessera');
  // Chromium's own files stay apart from the vault's, and the single-instance lock holds for one home.
  app.setPath('userData', join(HOME, 'window'));
}

function start(): void {
  const log = new ErrorLog(join(HOME, 'logs', 'main.log'));
  process.on('uncaughtException', (error) => log.report(error, 'uncaught'));
  process.on('unhandledRejection', (error) => log.report(error, 'unhandled'));

  const tessera = new Tessera({
    home: HOME,
    openDocument: openElectronStoreDocument,
    keychain: systemKeychain,
    resolveProxy,
  });
  const { vault, settings } = tessera;
  const secretClipboard = new SecretClipboard(clipboard);
  const contentProtection = new ContentProtection(
    () => window,
    () => settings.read().contentProtection,
  );
  const emit: ShellContext['emit'] = (event, payload) => window?.webContents.send(event, payload);
  const open = () => {
    openWindow();
    contentProtection.apply();
  };
  const show = () => (window === null ? open() : focusWindow());
  const context: ShellContext = {
    tessera,
    responses: new ResponseStore(new BodyReader(startBodyWorker, tessera.spoolFolder)),
    maskedAnswers: new MaskedAnswers(),
    autoLock: new AutoLock(vault, () => settings.read().autoLockMinutes),
    secretClipboard,
    contentProtection,
    issuedSecrets: new IssuedSecrets(vault, contentProtection),
    window: () => window,
    expiryWatch: watchExpiry(tessera, emit, show),
    emit,
  };
  lockDown(TRUSTED_ORIGINS);
  handleCalls(createHandlers(context), {
    isTrusted: (frame) => isTrustedFrame(frame, TRUSTED_ORIGINS),
    report: (error, channel) => log.report(error, channel),
  });
  lockOnAbsence(vault);
  nativeTheme.themeSource = settings.read().theme;
  serveWindow(join(import.meta.dirname, '..', 'renderer'));
  setApplicationMenu((command) => context.emit('menu.command', command));
  open();
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform === 'darwin') vault.lock();
    else app.quit();
  });
  app.on('before-quit', (event) => {
    // The clipboard answers later: a copied secret must not outlive us.
    if (!secretClipboard.holdsSecret) return;
    event.preventDefault();
    void secretClipboard.clear().finally(() => app.quit());
  });
  app.on('will-quit', () => void tessera.close());
}

function openWindow(): void {
  window = createMainWindow(DEV_SERVER === '' ? undefined : DEV_SERVER);
  window.on('closed', () => {
    window = null;
  });
}

function focusWindow(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
