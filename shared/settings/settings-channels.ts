import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { type Settings, settingsChangesSchema } from './settings.ts';

export const settingsChannels = {
  'settings.read': channel<Settings>()(nothing),
  'settings.change': channel<Settings>()(settingsChangesSchema),
} as const satisfies ChannelsOf<'settings'>;
