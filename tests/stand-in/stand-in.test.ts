import { describe, expect, it } from 'vitest';
import { registerSchemes, toAppUrl, toChromiumUrl } from '../../stand-in/chromium/addresses.ts';
import { findChromium } from '../../stand-in/chromium/find-chromium.ts';
import { decodeClone, encodeClone } from '../../stand-in/page/clone-codec.ts';
import { refusing } from '../../stand-in/unimplemented.ts';

describe('the stand-in', () => {
  it('names the member that it lacks', () => {
    const object = refusing({ here: 1 }, 'electron.thing');
    expect(object.here).toBe(1);
    expect(() => Reflect.get(object, 'missing')).toThrow(
      'the stand-in does not implement electron.thing.missing',
    );
  });

  it('carries values as structured clones, and refuses what cannot be cloned', () => {
    const value = {
      date: new Date(0),
      bytes: new Uint8Array([1, 2]),
      map: new Map([[1, undefined]]),
      big: 10n,
      nan: Number.NaN,
    };
    expect(decodeClone(encodeClone(value))).toEqual(value);
    expect(() => encodeClone({ call: () => 1 })).toThrow();
  });

  it('maps the app’s own addresses to ones that never resolve, and back', () => {
    registerSchemes([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    const url = 'app://tessera/index.html?a=1#b';
    expect(toChromiumUrl(url)).toBe('https://tessera.app.invalid/index.html?a=1#b');
    expect(toAppUrl(toChromiumUrl(url))).toBe(url);
    expect(toAppUrl('https://evil.example/')).toBe('https://evil.example/');
  });

  it('looks for a browser where each system keeps it', () => {
    const look = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, present: string) =>
      findChromium({ platform, env, isExecutable: (path) => path === present });
    expect(look('linux', { PATH: '/usr/bin' }, '/usr/bin/chromium')).toBe('/usr/bin/chromium');
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(look('darwin', {}, mac)).toBe(mac);
    const edge = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(look('win32', { PROGRAMFILES: 'C:\\Program Files' }, edge)).toBe(edge);
    expect(look('linux', { PATH: '/usr/bin' }, '')).toBeUndefined();
    expect(look('linux', { TESSERA_CHROMIUM: '/my/own' }, '')).toBe('/my/own');
  });
});
