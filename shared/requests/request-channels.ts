import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { collectionIdSchema } from '../collections/collection.ts';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { requestSchema } from './request.ts';
import type { Response } from './response.ts';

export const requestChannels = {
  'requests.send': channel<{ readonly responseId: string; readonly response: Response }>()(
    z.strictObject({
      /** Chosen by the window, so that it can cancel before there is an answer. */
      sendId: z.uuid(),
      appId: appIdSchema,
      request: requestSchema,
      sendExpired: z.boolean().default(false),
      sendCompromised: z.boolean().default(false),
      /** The collection that the request was read from: it may send files of that folder. */
      collectionId: collectionIdSchema.nullable().default(null),
    }),
  ),
  /** Asks for a file to send; only what was chosen so, or lies in the request's collection, is sent. */
  'requests.chooseFile': channel<{ readonly path: string } | null>()(nothing),
  'requests.cancel': channel<void>()(z.strictObject({ sendId: z.uuid() })),
} as const satisfies ChannelsOf<'requests'>;
