import { z } from 'zod';
import { appIdSchema, appKeySchema } from '../apps/app.ts';
import { type ChannelsOf, channel } from '../ipc-channel.ts';
import { nameSchema } from '../name.ts';
import { requestSchema } from '../requests/request.ts';
import { tokenKeySchema } from '../tokens/token.ts';
import {
  type CollectionItem,
  type CollectionSummary,
  collectionIdSchema,
  collectionPathSchema,
  type SavedRequest,
  saveRequestSchema,
} from './collection.ts';
import type { RunSummary } from './run.ts';
import type { RenamedReferences, TokenReferences } from './token-reference.ts';

const ofCollection = z.strictObject({ appId: appIdSchema, collectionId: collectionIdSchema });
const inCollection = z.strictObject({ ...ofCollection.shape, path: collectionPathSchema });

export const collectionChannels = {
  'collections.list': channel<readonly CollectionSummary[]>()(appKeySchema),
  'collections.create': channel<CollectionSummary>()(
    z.strictObject({ appId: appIdSchema, name: nameSchema }),
  ),
  /** Asks for a folder that holds a collection already; `null`: the user thought better of it. */
  'collections.open': channel<CollectionSummary | null>()(appKeySchema),
  /** Takes the collection off the app's list; its files stay. */
  'collections.close': channel<void>()(ofCollection),
  'collections.tree': channel<readonly CollectionItem[]>()(ofCollection),
  'collections.read': channel<SavedRequest>()(inCollection),
  'collections.save': channel<SavedRequest>()(
    z.strictObject({ appId: appIdSchema, ...saveRequestSchema.shape }),
  ),
  'collections.remove': channel<void>()(inCollection),
  /** Where the app's collections name a token. */
  'collections.tokenReferences': channel<TokenReferences>()(
    z.strictObject({ appId: appIdSchema, name: nameSchema }),
  ),
  /** Refuses a name that may not be written there, before the token has it. */
  'collections.checkRename': channel<void>()(
    z.strictObject({ appId: appIdSchema, from: nameSchema, name: nameSchema }),
  ),
  /** Lets them follow a token that was called `from` before. */
  'collections.renameToken': channel<RenamedReferences>()(
    z.strictObject({ ...tokenKeySchema.shape, from: nameSchema }),
  ),
  'collections.run': channel<RunSummary>()(
    z.strictObject({
      ...ofCollection.shape,
      runId: z.uuid(),
      folder: collectionPathSchema.default(''),
      retries: requestSchema.shape.retries,
    }),
  ),
  'collections.cancelRun': channel<void>()(z.strictObject({ runId: z.uuid() })),
} as const satisfies ChannelsOf<'collections'>;
