import type Electron from 'electron';
import type { Frame } from '../chromium/frame-tree.ts';
import { refusing } from '../unimplemented.ts';

/** A frame as handlers see it: where a message came from. */
export function webFrameOf(frame: Frame): Electron.WebFrameMain {
  const parent = frame.parent === null ? null : webFrameOf(frame.parent);
  const members = {
    url: frame.url,
    origin: originOf(frame.url),
    parent,
    get top(): Electron.WebFrameMain | null {
      return parent === null ? self : parent.top;
    },
    detached: false,
    isDestroyed: () => false,
  } satisfies Pick<Electron.WebFrameMain, 'url' | 'origin' | 'parent' | 'top' | 'detached' | 'isDestroyed'>;
  const self = refusing(members, 'electron.WebFrameMain') as Electron.WebFrameMain;
  return self;
}

/** `URL.origin` is "null" for an app's own schemes; Electron answers scheme and host. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { origin, protocol, host } = new URL(url);
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
}
