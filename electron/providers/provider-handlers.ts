import type { Provider } from '../../core/providers/provider.ts';
import { PROVIDERS } from '../../core/providers/providers.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';

export function providerHandlers(): FeatureHandlers<'providers'> {
  return { 'providers.list': () => PROVIDERS.map(summary) };
}

/** Without the provider's functions, which cannot cross to the window. */
function summary({ hint: _hint, ...data }: Provider): ProviderSummary {
  return data;
}
