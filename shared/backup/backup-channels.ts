import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { newPassphraseSchema, passphraseSchema, type VaultStatus } from '../vault/vault.ts';
import { type BackupPreview, type RestoreSummary, restoreModeSchema } from './backup.ts';

export const backupChannels = {
  /** Asks where to; `null`: the user thought better of it. */
  'backup.save': channel<{ readonly path: string | null }>()(
    z.strictObject({ passphrase: newPassphraseSchema }),
  ),
  /** One app, to hand to somebody. */
  'backup.exportApp': channel<{ readonly path: string | null }>()(
    z.strictObject({ appId: appIdSchema, passphrase: newPassphraseSchema }),
  ),
  /** Asks for a backup; the path stays in the main process. */
  'backup.choose': channel<{ readonly fileName: string } | null>()(nothing),
  /** Opens the chosen backup, and says what restoring it would do. */
  'backup.preview': channel<BackupPreview>()(z.strictObject({ passphrase: passphraseSchema })),
  /** Restores the backup that was looked at. */
  'backup.restore': channel<RestoreSummary>()(z.strictObject({ mode: restoreModeSchema })),
  /** Makes a vault of the chosen backup where there is none, under the backup's passphrase. */
  'backup.restoreAsNew': channel<VaultStatus>()(z.strictObject({ passphrase: newPassphraseSchema })),
  'backup.undo': channel<void>()(nothing),
} as const satisfies ChannelsOf<'backup'>;
