import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestAuthority } from '../../support/certificates.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recorded, recordingElectron } from '../../support/recording-electron.ts';
import { TemporaryFolder } from '../../support/run-command.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

let authority: TestAuthority;
let folder: TemporaryFolder;
let vault: Awaited<ReturnType<typeof handlersOver>>;

beforeAll(() => {
  authority = new TestAuthority();
});
afterAll(() => authority[Symbol.dispose]());
beforeEach(async () => {
  folder = new TemporaryFolder();
  vault = await handlersOver();
  await vault.call('vault.confirm', { kind: 'passphrase', passphrase: PASSPHRASE });
  return () => {
    folder[Symbol.dispose]();
    vault.home[Symbol.dispose]();
  };
});

function choose(...files: readonly (readonly [name: string, content: string | Buffer])[]): string[] {
  const paths = files.map(([name, content]) => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    return path;
  });
  recorded.openPaths = [...paths];
  return paths;
}

describe('a client certificate that is chosen by hand', () => {
  it('is kept for one app; the window learns names and subject alone', async () => {
    const { cert, key } = authority.issue({ names: ['client.test'] });
    choose(['me.pem', cert], ['me.key', key]);
    const chosen = await vault.call('connections.chooseClientCertificate', { kind: 'pem' });
    expect(chosen).toEqual({ fileNames: ['me.pem', 'me.key'] });
    const { appId } = vault.key;
    const app = await vault.call('connections.setClientCertificate', { appId, passphrase: null });
    expect(app).toMatchObject({ connection: { clientCertificate: { kind: 'pem', subject: 'leaf' } } });
    expect(JSON.stringify(app)).not.toContain(folder.path);
    expect(JSON.stringify(app)).not.toContain('PRIVATE KEY');
    await expect(vault.call('connections.setClientCertificate', { appId, passphrase: null })).rejects.toThrow(
      'Choose the client certificate first',
    );
  });

  it('is asked for its passphrase again where that was wrong', async () => {
    const { pfx } = authority.issueEncrypted('right');
    choose(['me.pfx', pfx]);
    await vault.call('connections.chooseClientCertificate', { kind: 'pfx' });
    const { appId } = vault.key;
    const keep = (passphrase: string) =>
      vault.call('connections.setClientCertificate', { appId, passphrase });
    await expect(keep('wrong')).rejects.toThrow('does not open the key');
    expect(await keep('right')).toMatchObject({ connection: { clientCertificate: { kind: 'pfx' } } });
  });

  it('is none where the user thought better of it', async () => {
    choose(['me.pem', 'only the first of two']);
    expect(await vault.call('connections.chooseClientCertificate', { kind: 'pem' })).toBeNull();
  });
});

it('a file of authorities that was chosen by hand is taken, and read at once', async () => {
  const [path = ''] = choose(['ca.pem', authority.certificate]);
  expect(await vault.call('connections.chooseAuthorities', undefined)).toEqual({ path });
  const { appId } = vault.key;
  const change = (caFiles: string[]) => vault.call('connections.change', { appId, changes: { caFiles } });
  expect(await change([path])).toMatchObject({ connection: { caFiles: [path] } });
  const [empty = ''] = choose(['empty.pem', 'nothing']);
  await vault.call('connections.chooseAuthorities', undefined);
  await expect(change([path, empty])).rejects.toThrow('holds no certificates in PEM');
});
