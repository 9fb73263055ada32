import { z } from 'zod';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { type App, appChangesSchema, appIdSchema, appKeySchema, newAppSchema } from './app.ts';

export const appChannels = {
  'apps.list': channel<readonly App[]>()(nothing),
  'apps.create': channel<App>()(newAppSchema),
  'apps.update': channel<App>()(z.strictObject({ appId: appIdSchema, changes: appChangesSchema })),
  'apps.remove': channel<void>()(appKeySchema),
} as const satisfies ChannelsOf<'apps'>;
