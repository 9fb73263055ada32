import { providerSummary } from '../../core/providers/provider.ts';
import { PROVIDERS } from '../../core/providers/providers.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';

export function providerHandlers(): FeatureHandlers<'providers'> {
  return { 'providers.list': () => PROVIDERS.map(providerSummary) };
}
