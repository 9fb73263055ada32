import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import { VaultStorage } from '../../../core/vault/vault-storage.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

describe('the right to write', () => {
  it('that was lost for a moment lets nothing through: another may have written', () => {
    using home = new TemporaryHome();
    const storage = new VaultStorage(home.path, openConfDocument);
    const written: string[] = [];
    storage.acquireWriter();
    storage.guardWrite(() => written.push('held'));
    rmSync(join(home.path, 'vault.lock'));
    expect(() => storage.guardWrite(() => written.push('lost'))).toThrow(
      expect.objectContaining({ code: 'VAULT_READ_ONLY' }),
    );
    expect(written).toEqual(['held']);
    storage.release();
  });
});
