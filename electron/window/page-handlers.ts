import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import { openExternal } from './open-external.ts';

export function pageHandlers(): FeatureHandlers<'shell'> {
  return { 'shell.openPage': ({ url }) => openExternal(url) };
}
