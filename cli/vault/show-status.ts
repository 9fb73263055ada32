import { join } from 'node:path';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { readVaultDocument } from '../../core/vault/vault-document.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { describeKey } from './keys.ts';

const STATES = {
  missing: 'none yet: `tessera vault init` makes one',
  locked: 'there',
  unlocked: 'open',
} as const;

/** @throws AppError `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT` */
export async function showStatus(session: Session): Promise<undefined> {
  const status = (await session.tessera()).vault.status();
  // A file that is no vault is not called one.
  readVaultDocument(openConfDocument(join(session.home, 'vault.json')));
  const lines = [
    `Home: ${printable(status.home)}`,
    `Vault: ${STATES[status.state]}`,
    `Opens by: ${status.slots.map(describeKey).join(', ') || 'nothing'}`,
    `Writer: ${status.readOnly ?? 'none'}`,
  ];
  session.print(status, lines.join('\n'));
}
