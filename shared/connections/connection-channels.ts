import { z } from 'zod';
import { type App, appIdSchema, appKeySchema } from '../apps/app.ts';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import type { Response } from '../requests/response.ts';
import { connectionChangesSchema } from './connection-settings.ts';

export const connectionChannels = {
  /** Asks for a confirmation: this is where tokens go, and who can read them on the way. */
  'connections.change': channel<App>()(
    z.strictObject({ appId: appIdSchema, changes: connectionChangesSchema }),
  ),
  /** Asks for a file; `null`: the user thought better of it. */
  'connections.chooseAuthorities': channel<{ readonly path: string } | null>()(nothing),
  /** Asks for one file (PFX) or two (PEM); their paths stay in the main process. */
  'connections.chooseClientCertificate': channel<{ readonly fileNames: readonly string[] } | null>()(
    z.strictObject({ kind: z.enum(['pem', 'pfx']) }),
  ),
  /** Seals what was chosen. */
  'connections.setClientCertificate': channel<App>()(
    z.strictObject({ appId: appIdSchema, passphrase: z.string().max(1000).nullable() }),
  ),
  'connections.removeClientCertificate': channel<App>()(appKeySchema),
  /** Asks for a page without a token, by the settings as saved. */
  'connections.test': channel<Response>()(
    z.strictObject({ appId: appIdSchema, url: z.string().min(1).max(2000) }),
  ),
} as const satisfies ChannelsOf<'connections'>;
