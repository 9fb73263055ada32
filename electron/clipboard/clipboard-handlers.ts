import { clipboard } from 'electron';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';

/** For text that the window shows anyway; secrets never take this way, because they never reach the window. */
export function clipboardHandlers(): FeatureHandlers<'clipboard'> {
  return { 'clipboard.write': ({ text }) => clipboard.writeText(text) };
}
