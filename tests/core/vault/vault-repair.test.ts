import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryHome } from '../../support/temporary-vault.ts';

describe('the copy that is kept of a vault', () => {
  it('is what the apps go back to', async () => {
    using home = new TemporaryHome();
    const { vault, apps } = await home.create();
    apps.create({ name: 'Phone' });
    vault.repair.keepCopy();
    apps.create({ name: 'Board' });
    vault.repair.returnToCopy();
    expect(apps.list().map(({ name }) => name)).toEqual(['Phone']);
    expect(() => vault.repair.returnToCopy()).toThrow(expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }));
  });

  it('is not gone back to where it is another vault’s', async () => {
    using home = new TemporaryHome();
    using other = new TemporaryHome();
    const { vault, apps } = await home.create();
    apps.create({ name: 'Phone' });
    vault.repair.keepCopy();
    (await other.create()).vault.close();
    copyFileSync(join(other.path, 'vault.json'), join(home.path, 'before-restore', 'vault.json'));
    expect(() => vault.repair.returnToCopy()).toThrow(expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }));
    expect(apps.list().map(({ name }) => name)).toEqual(['Phone']);
  });
});
