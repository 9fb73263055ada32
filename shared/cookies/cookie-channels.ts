import { z } from 'zod';
import { appKeySchema } from '../apps/app.ts';
import { type ChannelsOf, channel } from '../ipc-channel.ts';
import { type CookieListItem, cookieKeySchema, newCookieSchema } from './cookie.ts';

export const cookieChannels = {
  'cookies.list': channel<readonly CookieListItem[]>()(appKeySchema),
  /** One value, for its owner, which the window shows for the seconds that are answered. */
  'cookies.reveal': channel<{ readonly value: string; readonly hidesAfter: number }>()(
    z.strictObject({ ...appKeySchema.shape, ...cookieKeySchema.shape }),
  ),
  'cookies.set': channel<CookieListItem>()(
    z.strictObject({ ...appKeySchema.shape, cookie: newCookieSchema }),
  ),
  'cookies.remove': channel<void>()(z.strictObject({ ...appKeySchema.shape, ...cookieKeySchema.shape })),
  /** Of one domain, or all. */
  'cookies.clear': channel<{ readonly removed: number }>()(
    z.strictObject({ ...appKeySchema.shape, domain: z.string().max(253).nullable().default(null) }),
  ),
} as const satisfies ChannelsOf<'cookies'>;
