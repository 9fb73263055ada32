import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { rotationSchema } from './rotation.ts';
import {
  newTokenSchema,
  newTokenWithoutSecretSchema,
  type TokenListItem,
  tokenChangesSchema,
  tokenIdSchema,
  tokenKeySchema,
} from './token.ts';
import type { TokenCheckSummary } from './token-check.ts';
import type { TokenListing } from './token-listing.ts';
import { type IssuedSecret, secretShapeSchema, tokenValueSchema } from './token-value.ts';

/** Of one or several apps. */
const tokenKeysSchema = z.array(tokenKeySchema).min(1, 'no token was chosen').max(20_000);
const ofIssued = z.strictObject({ issueId: z.uuid() });
/** Whether an expiry in the past is meant. */
const allowExpired = z.boolean().default(false);
const ofRemoval = z.strictObject({ undoId: z.uuid() });

export const tokenChannels = {
  /** Of all apps: what has changed since the listing `since`; with 0, all. */
  'tokens.list': channel<TokenListing>()(z.strictObject({ since: z.int().min(0) })),
  /** One that has expired is refused unless that is meant; so are changes of an expiry. */
  'tokens.add': channel<TokenListItem>()(
    z.strictObject({ appId: appIdSchema, token: newTokenSchema, allowExpired }),
  ),
  /** With a secret that Tessera makes, for services that take the user's own. */
  'tokens.generate': channel<{ readonly token: TokenListItem; readonly issued: IssuedSecret }>()(
    z.strictObject({
      appId: appIdSchema,
      token: newTokenWithoutSecretSchema,
      shape: secretShapeSchema,
      allowExpired,
    }),
  ),
  'tokens.edit': channel<TokenListItem>()(
    z.strictObject({ ...tokenKeySchema.shape, changes: tokenChangesSchema, allowExpired }),
  ),
  /** `issued` where Tessera has made the value: whoever has given one knows it. */
  'tokens.rotate': channel<{ readonly token: TokenListItem; readonly issued: IssuedSecret | null }>()(
    z.strictObject({ ...tokenKeySchema.shape, value: tokenValueSchema, rotation: rotationSchema }),
  ),
  'tokens.markCompromised': channel<void>()(
    z.strictObject({ keys: tokenKeysSchema, isCompromised: z.boolean() }),
  ),
  /** At once; what is answered takes it back, until it is forgotten or the vault is locked. */
  'tokens.remove': channel<{ readonly undoId: string }>()(z.strictObject({ keys: tokenKeysSchema })),
  'tokens.undoRemove': channel<void>()(ofRemoval),
  'tokens.forgetRemoved': channel<void>()(ofRemoval),
  /** What was issued, to the clipboard, while it is being shown: it was confirmed when it was made. */
  'tokens.copyIssued': channel<{ readonly clearsAfter: number | null }>()(ofIssued),
  /** Asks where to; `null`: the user thought better of it. */
  'tokens.saveIssued': channel<{ readonly path: string | null }>()(ofIssued),
  /** It was looked at, and is shown to nobody again without a confirmation. */
  'tokens.closeIssued': channel<void>()(ofIssued),
  /** Asks where to, and writes what expires as a calendar; `null`: the user thought better of it. */
  'tokens.saveCalendar': channel<{ readonly path: string | null; readonly events: number }>()(nothing),
  /** Asks the provider about tokens of an app, about all of them with `null`. */
  'tokens.check': channel<TokenCheckSummary>()(
    z.strictObject({
      /** Chosen by the window, so that it can cancel and tell progress apart. */
      checkId: z.uuid(),
      appId: appIdSchema,
      tokenIds: z.array(tokenIdSchema).min(1).max(100_000).nullable(),
    }),
  ),
  'tokens.cancelCheck': channel<void>()(z.strictObject({ checkId: z.uuid() })),
  /** To the clipboard, in the main process; taken off again after the seconds that are answered (`null`: not). */
  'tokens.copySecret': channel<{ readonly clearsAfter: number | null }>()(tokenKeySchema),
  /** The only way for a stored secret into the window, which shows it for the seconds that are answered. */
  'tokens.reveal': channel<{ readonly secret: string; readonly hidesAfter: number }>()(tokenKeySchema),
} as const satisfies ChannelsOf<'tokens'>;
