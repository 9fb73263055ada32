import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const findingsSchema = z.array(
  z.strictObject({
    what: z.string(),
    state: z.enum(['ok', 'limited', 'broken']),
    found: z.string(),
    todo: z.string().nullable(),
  }),
);

async function examine(home: string, env: Record<string, string | undefined> = {}) {
  const { code, value } = await tesseraJson(['doctor'], { home, env });
  const findings = findingsSchema.parse(value);
  return { code, of: (what: string) => findings.find((finding) => finding.what === what) };
}

describe('doctor', () => {
  it('looks at everything that Tessera stands on, and changes nothing', async () => {
    using folder = new TemporaryFolder();
    const home = join(folder.path, 'home');
    const { code, stdout, stderr } = await tessera(['doctor'], { home });
    expect([code, stderr]).toEqual([0, '']);
    const parts = ['Home', 'Vault', 'Writer', 'Node', 'Clock', 'Keychain', 'Certificates', 'Proxy'];
    for (const what of [...parts, 'Display', 'Electron', 'Chromium']) {
      expect(stdout).toMatch(new RegExp(`^[✓–✗] ${what} +\\S`, 'm'));
    }
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('finds a vault, and who is writing to it', async () => {
    using home = new TemporaryHome();
    const { vault } = await home.create();
    const { code, of } = await examine(home.path);
    expect(code).toBe(0);
    expect(of('Vault')).toMatchObject({ state: 'ok', found: 'format 1' });
    expect(of('Writer')).toMatchObject({
      state: 'limited',
      found: expect.stringContaining(String(process.pid)),
    });
    vault.close();
  });

  it('exits with 1 where the vault is damaged', async () => {
    using home = new TemporaryFolder();
    writeFileSync(join(home.path, 'vault.json'), '{');
    const { code, of } = await examine(home.path);
    expect(code).toBe(1);
    expect(of('Vault')).toMatchObject({ state: 'broken', todo: expect.stringContaining('copy') });
  });

  it('exits with 1 where the home cannot be written', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    const { code, of } = await examine(join(folder.path, 'file'));
    expect(code).toBe(1);
    expect(of('Home')?.state).toBe('broken');
  });

  it.skipIf(process.platform === 'win32')('advises to close a home that is open to others', async () => {
    using folder = new TemporaryFolder();
    const home = join(folder.path, 'home');
    mkdirSync(home);
    chmodSync(home, 0o755);
    expect((await examine(home)).of('Home')).toMatchObject({
      state: 'limited',
      todo: expect.stringMatching(/chmod 700/),
    });
  });

  it.skipIf(process.platform !== 'linux')('says why there is no keychain', async () => {
    using home = new TemporaryFolder();
    const env = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', XDG_RUNTIME_DIR: undefined };
    expect((await examine(home.path, env)).of('Keychain')).toMatchObject({
      state: 'limited',
      found: expect.stringMatching(/does not answer \(.+\)/),
    });
  });

  it('names the proxy variables, without their values', async () => {
    using home = new TemporaryFolder();
    const { of } = await examine(home.path, { https_proxy: 'http://user:password@proxy.example' });
    expect(of('Proxy')).toMatchObject({ state: 'limited', found: 'HTTPS_PROXY set' });
    expect(JSON.stringify(of('Proxy'))).not.toContain('password');
  });
});
