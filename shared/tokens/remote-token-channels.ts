import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { type ChannelsOf, channel } from '../ipc-channel.ts';
import {
  authoritySchema,
  type ManagementExchange,
  type RemoteComparison,
  type RemoteIssue,
  remoteWishSchema,
} from './remote-token.ts';
import { tokenIdSchema } from './token.ts';

/** `callId` is chosen by the window, so that it can cancel. */
const atProvider = z.strictObject({ callId: z.uuid(), appId: appIdSchema, authority: authoritySchema });

export const remoteTokenChannels = {
  /** The provider's own list beside the vault's; what it says of tokens is taken over. */
  'remoteTokens.compare': channel<RemoteComparison>()(atProvider),
  /** What a token may be given, as the provider says at the moment. */
  'remoteTokens.scopes': channel<readonly string[]>()(atProvider),
  /** Made at the provider and kept. */
  'remoteTokens.create': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, wish: remoteWishSchema }),
  ),
  'remoteTokens.edit': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, tokenId: tokenIdSchema, wish: remoteWishSchema }),
  ),
  /** The value before is invalid at once. */
  'remoteTokens.regenerate': channel<RemoteIssue>()(
    z.strictObject({ ...atProvider.shape, tokenId: tokenIdSchema }),
  ),
  /** At the provider and in the vault; there is no way back. */
  'remoteTokens.revoke': channel<{ readonly exchanges: readonly ManagementExchange[] }>()(
    z.strictObject({ ...atProvider.shape, tokenIds: z.array(tokenIdSchema).min(1).max(1000) }),
  ),
  'remoteTokens.cancel': channel<void>()(z.strictObject({ callId: z.uuid() })),
} as const satisfies ChannelsOf<'remoteTokens'>;
