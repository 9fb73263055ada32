import type Electron from 'electron';
import { refusing } from '../unimplemented.ts';

/** The picture of a window: as much of a NativeImage as saving it needs. */
export function nativeImageOf(png: Buffer, width: number, height: number) {
  return refusing(
    {
      toPNG: () => png,
      toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
      isEmpty: () => png.length === 0,
      getSize: () => ({ width, height }),
    } satisfies Pick<Electron.NativeImage, 'toPNG' | 'toDataURL' | 'isEmpty' | 'getSize'>,
    'electron.NativeImage',
  );
}
