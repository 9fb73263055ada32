import type { ProviderId } from '../../shared/providers/provider.ts';
import { airfocus } from './airfocus.ts';
import { portsip } from './portsip.ts';
import type { Provider } from './provider.ts';
import { sipgate } from './sipgate.ts';
import { virtuozzo } from './virtuozzo.ts';

/** In the order in which they are offered. */
export const PROVIDERS: readonly Provider[] = [sipgate, virtuozzo, portsip, airfocus];

/** `null` for an app without a provider. */
export function providerOf(id: ProviderId | null): Provider | null {
  return PROVIDERS.find((provider) => provider.id === id) ?? null;
}
