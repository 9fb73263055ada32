import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import whole, { app, BrowserWindow, ipcMain, protocol } from 'electron';

/**
 * A small app for the stand-in's tests. Its parent, a test, runs functions in it over the line between them;
 * what a test leaves for another lies in `globalThis.notes`.
 */
const POLICY = "default-src 'none'; script-src 'self'; frame-src 'self'; connect-src 'self'";
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

interface Request {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

const notes: unknown[] = [];
Object.assign(globalThis, { notes });

process.on('message', ({ id, source, argument }: Request) => {
  const run = new Function('electron', 'argument', `return (${source})(electron, argument)`);
  Promise.resolve()
    .then(() => run(whole, argument))
    .then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
});
process.channel?.unref();

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (process.env.PROBE_USER_DATA) app.setPath('userData', process.env.PROBE_USER_DATA);
if (process.env.PROBE_SINGLE && !app.requestSingleInstanceLock()) {
  process.stdout.write('second\n');
  app.quit();
} else {
  app.on('second-instance', () => process.stdout.write('met\n'));
  void app.whenReady().then(start);
}

function start(): void {
  protocol.handle('app', serve);
  ipcMain.handle('echo', (_event, ...values) => values);
  ipcMain.handle('fail', () => {
    throw new TypeError('no such thing');
  });
  ipcMain.handle('answer-function', () => () => 1);
  ipcMain.handle('sender', ({ senderFrame }) => ({
    url: senderFrame?.url,
    origin: senderFrame?.origin,
    isTop: senderFrame !== null && senderFrame.parent === null && senderFrame.top === senderFrame,
  }));
  ipcMain.on('note', (_event, value) => notes.push(value));
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  window.webContents.on('will-navigate', (event) => {
    notes.push(['navigate', event.url]);
    event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    notes.push(['open', url]);
    return { action: 'deny' };
  });
  window.once('ready-to-show', () => process.stdout.write('ready\n'));
  void window.loadURL(process.env.PROBE_URL ?? 'app://probe/index.html');
}

function serve(request: globalThis.Request): Response {
  const { pathname } = new URL(request.url);
  if (pathname === '/asked') return Response.json({ url: request.url, method: request.method });
  if (pathname === '/moved') {
    return new Response(null, { status: 302, headers: { location: 'app://probe/asked' } });
  }
  const path = join(import.meta.dirname, 'page', pathname);
  if (!existsSync(path)) return new Response('nothing here', { status: 404 });
  // A page without a policy shows what the stand-in itself holds back.
  const policy = pathname === '/lax.html' ? {} : { 'Content-Security-Policy': POLICY };
  return new Response(readFileSync(path), {
    headers: { 'Content-Type': TYPES[extname(path)] ?? 'text/plain', ...policy },
  });
}
