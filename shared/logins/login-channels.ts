import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { type ChannelsOf, channel } from '../ipc-channel.ts';
import { secretSchema, type TokenListItem, tokenKeySchema } from '../tokens/token.ts';
import { type LoginTrial, loginSchema } from './login.ts';

/** Chosen by the window, so that it can cancel and tell progress apart. */
const ofConnection = z.strictObject({ connectId: z.uuid() });

export const loginChannels = {
  /** Signs in, or goes on with a code; `null`: what is kept. Progress comes as `logins.progress`. */
  'logins.connect': channel<TokenListItem>()(
    z.strictObject({
      ...ofConnection.shape,
      ...tokenKeySchema.shape,
      password: secretSchema.nullable().default(null),
      code: z.string().trim().min(1, 'a code is needed').max(100).nullable().default(null),
    }),
  ),
  'logins.cancel': channel<void>()(ofConnection),
  /** Opens the page where the code of this sign-in is entered, after asking. */
  'logins.openCodePage': channel<void>()(ofConnection),
  'logins.refresh': channel<TokenListItem>()(tokenKeySchema),
  'logins.signOut': channel<{ readonly token: TokenListItem; readonly problem: string | null }>()(
    tokenKeySchema,
  ),
  /** Signs in with a login that is being described; keeps nothing, and answers no value of what came. */
  'logins.tryOut': channel<LoginTrial>()(
    z.strictObject({
      ...ofConnection.shape,
      appId: appIdSchema,
      login: loginSchema,
      password: secretSchema,
    }),
  ),
} as const satisfies ChannelsOf<'logins'>;
