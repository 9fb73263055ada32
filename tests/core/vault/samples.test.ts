import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backups } from '../../../core/backup/backups.ts';
import { openBackup } from '../../../core/backup/open-backup.ts';
import type { VaultKey } from '../../../shared/vault/vault.ts';
import { CHEAP_KDF, TemporaryHome } from '../../support/temporary-vault.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'fixtures', 'vault');
const PASSPHRASE = 'the passphrase of the sample';

/** What every sample holds. */
const CONTENTS = [
  {
    name: 'Abrechnung äöü 請求',
    allowedOrigins: ['https://api.example.com', 'https://*.example.net'],
    tokens: [
      { name: 'header', scheme: 'header', field: 'X-Api-Key', secret: 'made-up-secret-4' },
      { name: 'key', scheme: 'query', field: 'api_key', secret: 'päss wörd & 秘密' },
    ],
  },
  {
    name: 'Phone',
    provider: 'sipgate',
    tokens: [
      { name: 'bearer', scheme: 'bearer', secret: 'made-up-secret-2', expiresAt: null },
      {
        name: 'main',
        scheme: 'basic',
        tokenId: 'token-ABC123',
        secret: 'made-up-secret-1',
        scopes: ['account:read'],
        expiresAt: '2027-01-31T00:00:00.000Z',
        notes: 'Made up for a test.',
      },
    ],
  },
];

function contents({ apps, tokens }: ReturnType<TemporaryHome['open']>) {
  return apps.list().map((app) => ({
    ...app,
    tokens: tokens.list(app.id).map((token) => ({
      ...token,
      secret: tokens.secrets.open({ appId: app.id, tokenId: token.id }).toString('utf8'),
    })),
  }));
}

describe.each([
  { version: 'v1', recoveryCode: 'UTDG-6PQS-ATL7-CZ6C-M7A4-Q6C2-KCQA-2FXM' },
])('a vault of format $version', ({ version, recoveryCode }) => {
  it.each<[string, VaultKey]>([
    ['its passphrase', { kind: 'passphrase', passphrase: PASSPHRASE }],
    ['its recovery code', { kind: 'recovery', code: recoveryCode }],
  ])('opens by %s, with everything in it', async (_by, key) => {
    using home = new TemporaryHome();
    cpSync(join(SAMPLES, version), home.path, { recursive: true });
    rmSync(join(home.path, 'backup.tessera'));
    const opened = home.open();
    await opened.vault.unlock(key);
    expect(opened.vault.repair.report()).toEqual({ apps: 2, records: 4, damaged: [], strayFiles: [] });
    expect(contents(opened)).toMatchObject(CONTENTS);
  });

  it('can be written to', async () => {
    using home = new TemporaryHome();
    cpSync(join(SAMPLES, version), home.path, { recursive: true });
    const opened = home.open();
    await opened.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    opened.tokens.add(opened.apps.find('Phone').id, { name: 'new', scheme: 'bearer', secret: 'x' });
    opened.vault.close();
    await opened.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(opened.vault.repair.report()).toMatchObject({ records: 5, damaged: [] });
  });

  it('has a backup that can be restored', async () => {
    using home = new TemporaryHome();
    const opened = await home.create();
    const backup = await openBackup(join(SAMPLES, version, 'backup.tessera'), PASSPHRASE);
    new Backups(opened.vault, CHEAP_KDF, () => new Date()).restore(backup, 'merge');
    backup.close();
    expect(contents(opened)).toMatchObject(CONTENTS);
  });
});
