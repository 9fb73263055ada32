import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { RecordingContents, recorded, recordingElectron } from '../support/recording-electron.ts';

vi.mock('electron', () => recordingElectron());

const { APP_ORIGIN, registerAppScheme, serveWindow } = await import('../../electron/window/app-protocol.ts');
const { contentSecurityPolicy } = await import('../../electron/window/content-security-policy.ts');
const { lockDown } = await import('../../electron/window/lock-down.ts');
const { createMainWindow } = await import('../../electron/window/main-window.ts');
const { openExternal, openSignInPage } = await import('../../electron/window/open-external.ts');
const { handleCalls } = await import('../../electron/ipc/handle-calls.ts');
const { isTrustedFrame } = await import('../../electron/ipc/trusted-frame.ts');
const { ipcContract } = await import('../../shared/ipc-contract.ts');

const ROOT = join(import.meta.dirname, '..', '..');
const ELSEWHERE = 'https://evil.example/';

const source = readdirSync(join(ROOT, 'electron'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(ROOT, 'electron', path), 'utf8'))
  .join('\n');

const POLICY = contentSecurityPolicy('abc');

function directive(name: string): string | undefined {
  return POLICY.split('; ').find((each) => each.startsWith(`${name} `));
}

function preferences() {
  return recorded.windowOptions.at(-1)?.webPreferences ?? {};
}

function newContents(): RecordingContents {
  const contents = new RecordingContents();
  recorded.app.emit('web-contents-created', {}, contents);
  return contents;
}

/** Whether a navigation event was stopped. */
function isStopped(contents: RecordingContents, event: string, url: string): boolean {
  const preventDefault = vi.fn();
  contents.emit(event, { url, preventDefault });
  return preventDefault.mock.calls.length > 0;
}

describe("Electron's security recommendations", () => {
  beforeAll(() => {
    registerAppScheme();
    lockDown([APP_ORIGIN]);
    serveWindow(join(ROOT, 'renderer'));
    createMainWindow();
  });
  beforeEach(() => {
    recorded.asked.length = 0;
    recorded.opened.length = 0;
  });

  it('1: loads its page from the app itself, over no network', () => {
    expect(recorded.loaded).toEqual([`${APP_ORIGIN}/index.html`]);
    expect(directive('connect-src')).toBe("connect-src 'none'");
  });

  it('2: gives pages no Node', () => {
    expect(preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  it('3: isolates the preload from the page', () => {
    expect(preferences().contextIsolation).toBe(true);
  });

  it('4: sandboxes every process', () => {
    expect(preferences().sandbox).toBe(true);
    expect(source).toContain('app.enableSandbox()');
  });

  it('5: refuses every permission that a page may ask for', () => {
    const answer = vi.fn();
    recorded.permissionRequest?.(
      {} as Electron.WebContents,
      'media',
      answer,
      {} as Electron.PermissionRequest,
    );
    expect(answer).toHaveBeenCalledWith(false);
    expect(recorded.permissionCheck?.(null, 'clipboard-read', APP_ORIGIN, {} as never)).toBe(false);
    expect(recorded.devicePermission?.({} as never)).toBe(false);
  });

  it('6: keeps web security on', () => {
    expect(preferences().webSecurity).toBe(true);
    expect(source).not.toContain('disable-web-security');
  });

  it('7: sends a strict content security policy with every page, under a nonce of its own', async () => {
    const load = () => recorded.protocols.get('app')?.(new Request(`${APP_ORIGIN}/index.html`));
    const [first, second] = await Promise.all([load(), load()]);
    const nonce = /nonce="([^"]{20,})"/.exec((await first?.text()) ?? '')?.[1] ?? '';
    expect(first?.headers.get('content-security-policy')).toBe(contentSecurityPolicy(nonce));
    expect(second?.headers.get('content-security-policy')).not.toContain(nonce);
    expect(directive('default-src')).toBe("default-src 'none'");
    expect(directive('script-src')).toBe("script-src 'self'");
    expect(directive('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
    expect(directive('trusted-types')).toBe('trusted-types default');
    expect(POLICY).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  });

  it('8: runs no insecure content', () => {
    expect(preferences().allowRunningInsecureContent).toBe(false);
  });

  it('9: turns on no experimental features', () => {
    expect(preferences().experimentalFeatures).toBe(false);
  });

  it('10: turns on no Blink features', () => {
    expect(preferences().enableBlinkFeatures).toBeUndefined();
    expect(source).not.toContain('enable-blink-features');
  });

  it('11: has no webview that could open pop-ups', () => {
    expect(preferences().webviewTag).toBe(false);
    expect(source).not.toContain('allowpopups');
  });

  it('12: stops a webview from being attached', () => {
    expect(isStopped(newContents(), 'will-attach-webview', ELSEWHERE)).toBe(true);
  });

  it.each([
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
  ])('13: stops %s to anywhere else', (event) => {
    const contents = newContents();
    for (const url of [
      ELSEWHERE,
      'file:///etc/passwd',
      'app://tessera.evil/',
      'javascript:alert(1)',
      'data:text/html,x',
    ]) {
      expect(isStopped(contents, event, url), url).toBe(true);
    }
    expect(isStopped(contents, event, `${APP_ORIGIN}/index.html`)).toBe(false);
  });

  it('14: opens no further windows', () => {
    expect(newContents().openHandler?.({ url: ELSEWHERE })).toEqual({ action: 'deny' });
  });

  it('15: opens only https pages outside, and only when the user agrees', async () => {
    for (const url of [
      'http://a.example/',
      'file:///etc/passwd',
      'smb://a/b',
      'https://user:pw@a.example/',
      'nonsense',
    ]) {
      await openExternal(url);
    }
    expect(recorded.asked).toEqual([]);
    recorded.answer = 1;
    await openExternal('https://a.example/page');
    expect(recorded.asked[0]?.detail).toBe('https://a.example/page');
    expect(recorded.opened).toEqual([]);
    recorded.answer = 0;
    await openExternal('https://a.example/page');
    expect(recorded.opened).toEqual(['https://a.example/page']);
  });

  it('15: opens the page of a sign-in without encryption on this computer only', async () => {
    for (const url of ['http://a.example/', 'http://127.0.0.1.a.example/', 'file:///etc/passwd', '']) {
      expect(await openSignInPage(url)).toBe(false);
    }
    expect(recorded.asked).toEqual([]);
    expect(await openSignInPage('http://127.0.0.1:5500/authorize')).toBe(true);
    recorded.answer = 1;
    expect(await openSignInPage('https://a.example/authorize')).toBe(false);
    expect(recorded.opened).toEqual(['http://127.0.0.1:5500/authorize']);
  });

  it('16: names a current Electron, exactly', () => {
    expect(packageJson.devDependencies.electron).toMatch(/^(4[5-9]|[5-9]\d)\.\d+\.\d+$/);
  });

  it('17: checks the sender of every call before looking at its input', async () => {
    const handlers = Object.fromEntries(Object.keys(ipcContract).map((channel) => [channel, vi.fn()]));
    handleCalls(handlers as never, {
      isTrusted: (frame) => isTrustedFrame(frame, [APP_ORIGIN]),
      report: () => 'id',
    });
    const senders = [
      null,
      { url: ELSEWHERE, parent: null },
      { url: 'app://other/index.html', parent: null },
      { url: `${APP_ORIGIN}.evil.example/`, parent: null },
      { url: `${APP_ORIGIN}/index.html`, parent: {} },
    ];
    for (const channel of Object.keys(ipcContract)) {
      for (const senderFrame of senders) {
        const reply = await recorded.handlers.get(channel)?.({ senderFrame }, 'not even valid');
        expect(reply).toMatchObject({ ok: false, error: { code: 'SENDER_REFUSED' } });
      }
      expect(handlers[channel]).not.toHaveBeenCalled();
    }
  });

  it('18: serves its pages by a protocol of its own, from one folder, not by file:', async () => {
    expect(recorded.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(source).not.toContain('loadFile(');
    for (const path of [
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/../../package.json',
      '/%00',
      '/%E0%A4%A',
    ]) {
      const answer = await recorded.protocols.get('app')?.(new Request(APP_ORIGIN + path));
      expect(answer?.status, path).toBe(404);
    }
    const otherHost = await recorded.protocols.get('app')?.(new Request('app://other/index.html'));
    expect(otherHost?.status).toBe(404);
  });

  it('19: ships with the fuses set that would turn the app into a bare Node', () => {
    const { electronFuses } = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'));
    expect(electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('20: exposes one function a channel to its page, and nothing of Electron', () => {
    const preload = readFileSync(join(ROOT, 'electron', 'preload', 'preload.ts'), 'utf8');
    expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1);
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
    expect(preload.match(/^import .*$/gm)).toEqual([
      "import { contextBridge, ipcRenderer } from 'electron';",
    ]);
  });
});
