import { z } from 'zod';
import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import {
  type KeychainState,
  kdfCostNameSchema,
  keySlotIdSchema,
  newPassphraseSchema,
  type PassphraseStrength,
  personalKeySchema,
  type VaultReport,
  type VaultStatus,
  vaultKeySchema,
} from './vault.ts';

export const vaultChannels = {
  'vault.status': channel<VaultStatus>()(nothing),
  'vault.create': channel<VaultStatus>()(z.strictObject({ passphrase: newPassphraseSchema })),
  'vault.unlock': channel<VaultStatus>()(vaultKeySchema),
  'vault.lock': channel<VaultStatus>()(nothing),
  /** The window is being used: puts off the automatic lock. */
  'vault.touch': channel<void>()(nothing),
  /** Lets dangerous actions pass for a while. */
  'vault.confirm': channel<void>()(personalKeySchema),
  'vault.keychain': channel<KeychainState>()(nothing),
  'vault.addKeychainSlot': channel<VaultStatus>()(nothing),
  /** The code is answered once and stored nowhere. */
  'vault.setRecoveryCode': channel<{ readonly code: string }>()(nothing),
  'vault.removeSlot': channel<VaultStatus>()(z.strictObject({ slotId: keySlotIdSchema })),
  'vault.setPassphrase': channel<VaultStatus>()(
    z.strictObject({ passphrase: newPassphraseSchema, cost: kdfCostNameSchema }),
  ),
  'vault.verify': channel<VaultReport>()(nothing),
  /** Moves what cannot be opened out of the vault; answers the file that it is in now. */
  'vault.setDamagedAside': channel<{ readonly path: string | null }>()(nothing),
  'vault.strength': channel<PassphraseStrength>()(z.strictObject({ passphrase: z.string().max(1024) })),
} as const satisfies ChannelsOf<'vault'>;
