import { describe, expect, it } from 'vitest';
import { findChromium } from '../../stand-in/chromium/find-chromium.ts';

function find(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, installed: readonly string[]) {
  return findChromium({ platform, env, isExecutable: (path) => installed.includes(path) });
}

describe('an installed browser', () => {
  it('is found on the PATH of Linux, Chromium before others', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' };
    expect(find('linux', env, ['/usr/bin/google-chrome'])).toBe('/usr/bin/google-chrome');
    expect(find('linux', env, ['/usr/bin/google-chrome', '/usr/bin/chromium'])).toBe('/usr/bin/chromium');
  });

  it("is found among macOS's applications, the machine's or the user's", () => {
    const path = '/home/me/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(find('darwin', { HOME: '/home/me' }, [path])).toBe(path);
  });

  it('is found in the folders of Windows', () => {
    const path = 'C:\\Programs (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(find('win32', { 'PROGRAMFILES(X86)': 'C:\\Programs (x86)' }, [path])).toBe(path);
  });

  it('is the one that is named, before all others', () => {
    expect(find('linux', { PATH: '/usr/bin', TESSERA_CHROMIUM: '/opt/mine' }, ['/usr/bin/chromium'])).toBe(
      '/opt/mine',
    );
  });

  it('is not made up where there is none', () => {
    expect(find('linux', { PATH: '/usr/bin' }, [])).toBeUndefined();
    expect(find('linux', {}, [])).toBeUndefined();
  });
});
