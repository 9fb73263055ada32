import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import type { ProviderSummary } from './provider.ts';

export const providerChannels = {
  'providers.list': channel<readonly ProviderSummary[]>()(nothing),
} as const satisfies ChannelsOf<'providers'>;
