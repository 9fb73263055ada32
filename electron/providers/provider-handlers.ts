import { PROVIDERS } from '../../core/providers/providers.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';

export function providerHandlers(): FeatureHandlers<'providers'> {
  return { 'providers.list': () => PROVIDERS.map(summary) };
}

/** Without the provider's functions, which cannot cross to the window. */
function summary({
  id,
  name,
  baseUrl,
  schemes,
  scopes,
  check,
  tokenPage,
  documentation,
}: ProviderSummary): ProviderSummary {
  const { method, path } = check;
  return { id, name, baseUrl, schemes, scopes, check: { method, path }, tokenPage, documentation };
}
