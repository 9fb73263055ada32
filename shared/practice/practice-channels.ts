import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import type { PracticeStatus } from './practice.ts';

export const practiceChannels = {
  'practice.status': channel<PracticeStatus>()(nothing),
  /** Starts the practice API and keeps an app with a working token for each of its providers; answers the first. */
  'practice.start': channel<{ readonly url: string; readonly appId: string }>()(nothing),
  'practice.stop': channel<void>()(nothing),
} as const satisfies ChannelsOf<'practice'>;
