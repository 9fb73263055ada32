import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type TokenMetadata, tokenMetadataSchema } from '../../../shared/tokens/token.ts';
import { TemporaryHome } from '../../support/temporary-vault.ts';

interface Files {
  readonly home: TemporaryHome;
  readonly appPath: string;
  readonly vaultPath: string;
  readonly appId: string;
  readonly otherPath: string;
  readonly tokenIds: readonly [string, string];
}

/** An app with two tokens, and another with one, closed. */
async function prepare(home: TemporaryHome): Promise<Files> {
  const { vault, apps, tokens } = await home.create();
  const [app, other] = [apps.create({ name: 'One' }), apps.create({ name: 'Other' })];
  const add = (appId: string, name: string) =>
    tokens.add(appId, { name, scheme: 'bearer', secret: `secret of ${name}` }).id;
  const tokenIds = [add(app.id, 'first'), add(app.id, 'second')] as const;
  add(other.id, 'third');
  vault.close();
  const path = (appId: string) => join(home.path, 'apps', `${appId}.json`);
  return {
    home,
    appPath: path(app.id),
    vaultPath: join(home.path, 'vault.json'),
    appId: app.id,
    otherPath: path(other.id),
    tokenIds,
  };
}

// The documents are plain JSON, changed here as an attacker with an editor would.
type Json = { [name: string]: Json } & { [name: string]: unknown };

function change(path: string, edit: (document: Json) => void): void {
  const document = JSON.parse(readFileSync(path, 'utf8')) as Json;
  edit(document);
  writeFileSync(path, JSON.stringify(document));
}

function flipBit(base64: unknown, at = 20): string {
  const bytes = Buffer.from(String(base64), 'base64');
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('base64');
}

/** Names of the tokens that still open, and what was set aside, by id and app. */
async function look(home: TemporaryHome) {
  const { vault, tokens } = await home.unlock();
  return {
    names: tokens.list(null).map(({ name }) => name),
    damaged: vault.status().damaged.map(({ recordId, appId }) => ({ recordId, appId })),
    vault,
    tokens,
  };
}

describe('a vault that was tampered with', () => {
  it.each([
    'metadata',
    'secret',
  ])('notices a bit flipped in the %s of a record, and opens the rest', async (part) => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    const [first] = tokenIds;
    change(appPath, ({ records }) => {
      const record = records?.[first];
      if (record !== undefined) Object.assign(record, { [part]: flipBit(record[part]) });
    });
    const { names, damaged, tokens } = await look(home);
    expect(names).toContain('second');
    if (part === 'metadata') expect(damaged).toEqual([{ recordId: first, appId }]);
    expect(() => tokens.secrets.open({ appId, tokenId: first })).toThrow(
      expect.objectContaining({ code: 'RECORD_DAMAGED' }),
    );
  });

  it('says what was damaged, be it no token', async () => {
    using home = new TemporaryHome();
    const { appPath, appId } = await prepare(home);
    const id = '0f7d3c1e-52a8-4f0b-9c38-6f1f0a5f7e21';
    const { vault } = await home.unlock();
    vault.app(appId).put({ id, kind: 'connection', metadata: {}, secret: Buffer.from('of a proxy') });
    vault.close();
    change(appPath, ({ records }) => {
      const record = records?.[id];
      if (record !== undefined) Object.assign(record, { secret: flipBit(record.secret) });
    });
    const opened = await look(home);
    expect(() => opened.vault.app(appId).openSecret(id)).toThrow(
      expect.objectContaining({ code: 'RECORD_DAMAGED', message: expect.stringContaining('proxy') }),
    );
  });

  it('notices two records of an app swapped', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    const [first, second] = tokenIds;
    change(appPath, (document) => {
      const records = document.records as Json;
      Object.assign(records, { [first]: records[second], [second]: records[first] });
    });
    const { names, damaged } = await look(home);
    expect(names).toEqual(['third']);
    expect(damaged).toEqual([first, second].map((recordId) => ({ recordId, appId })));
  });

  it('notices a secret moved under another record’s metadata', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    const [first, second] = tokenIds;
    change(appPath, ({ records }) =>
      Object.assign(records?.[first] ?? {}, { secret: records?.[second]?.secret }),
    );
    const { tokens } = await look(home);
    expect(() => tokens.secrets.open({ appId, tokenId: first })).toThrow(
      expect.objectContaining({ code: 'RECORD_DAMAGED' }),
    );
  });

  it('notices a record of another app put in', async () => {
    using home = new TemporaryHome();
    const { appPath, otherPath, appId } = await prepare(home);
    const foreign = (JSON.parse(readFileSync(otherPath, 'utf8')) as Json).records as Json;
    change(appPath, ({ records }) => Object.assign(records ?? {}, foreign));
    const { names, damaged } = await look(home);
    expect(names).toEqual(['first', 'second', 'third']);
    expect(damaged).toEqual([{ recordId: Object.keys(foreign)[0], appId }]);
  });

  it('notices a record taken out', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    change(appPath, ({ records }) => {
      delete records?.[tokenIds[0]];
    });
    const { names, damaged } = await look(home);
    expect(names).toEqual(['second', 'third']);
    expect(damaged).toEqual([{ recordId: tokenIds[0], appId }]);
  });

  it('notices a record that was removed put back', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    const [first] = tokenIds;
    const old = JSON.parse(readFileSync(appPath, 'utf8')) as Json;
    const { vault } = await home.unlock();
    vault.app(appId).remove(first);
    vault.close();
    change(appPath, ({ records }) => Object.assign(records ?? {}, { [first]: (old.records as Json)[first] }));
    const { names, damaged } = await look(home);
    expect(names).toEqual(['second', 'third']);
    expect(damaged).toEqual([{ recordId: first, appId }]);
  });

  it('notices an older state of a record put back', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    const [first] = tokenIds;
    const old = JSON.parse(readFileSync(appPath, 'utf8')) as Json;
    const { vault } = await home.unlock();
    for (const record of vault.app(appId).records('token').slice(0, 1)) {
      vault.app(appId).put({ ...record, kind: 'token', secret: Buffer.from('new') });
    }
    vault.close();
    change(appPath, ({ records }) => Object.assign(records ?? {}, { [first]: (old.records as Json)[first] }));
    const { damaged } = await look(home);
    expect(damaged).toEqual([{ recordId: first, appId }]);
  });

  it('sets aside a token of a form that it does not know, such as of a newer program, and lists the rest', async () => {
    using home = new TemporaryHome();
    const { appId, tokenIds } = await prepare(home);
    const [first] = tokenIds;
    const { vault } = await home.unlock();
    const [record] = vault.app(appId).records('token');
    if (record === undefined) throw new Error('The vault has no token.');
    // As a program would write it that knows it.
    const knowing = vi
      .spyOn(tokenMetadataSchema, 'parse')
      .mockImplementation((value) => value as TokenMetadata);
    const unknown = { ...record.metadata, scheme: 'telepathy' } as unknown as TokenMetadata;
    vault.app(appId).put({ id: first, kind: 'token', metadata: unknown });
    vault.close();
    knowing.mockRestore();
    const { names, damaged, vault: opened } = await look(home);
    expect(names).toEqual(['second', 'third']);
    expect(damaged).toEqual([{ recordId: first, appId }]);
    expect(opened.status().damaged[0]?.reason).toBe('it is in no form that this Tessera knows');
  });

  it('does not write what it could not read again, and keeps what there was', async () => {
    using home = new TemporaryHome();
    const { appId, tokenIds } = await prepare(home);
    const { vault } = await home.unlock();
    const unknown = { name: 'x'.repeat(1_000) } as unknown as TokenMetadata;
    expect(() => vault.app(appId).put({ id: tokenIds[0], kind: 'token', metadata: unknown })).toThrow();
    vault.close();
    const { names, damaged } = await look(home);
    expect(names).toEqual(['first', 'second', 'third']);
    expect(damaged).toEqual([]);
  });

  it('keeps what it could not read when it next writes', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    change(appPath, ({ records }) => {
      Object.assign(records ?? {}, { [tokenIds[0]]: 'not a record' });
    });
    const { tokens, vault } = await look(home);
    tokens.add(appId, { name: 'fourth', scheme: 'bearer', secret: 'x' });
    vault.close();
    expect(((JSON.parse(readFileSync(appPath, 'utf8')) as Json).records as Json)[tokenIds[0]]).toBe(
      'not a record',
    );
  });

  it.each([
    'manifest',
    'profile',
  ])('sets an app aside whose %s was changed, and opens the others', async (part) => {
    using home = new TemporaryHome();
    const { appPath, appId } = await prepare(home);
    change(appPath, (document) => Object.assign(document, { [part]: flipBit(document[part]) }));
    const { names, damaged, vault } = await look(home);
    expect(names).toEqual(['third']);
    expect(damaged).toEqual([{ recordId: null, appId }]);
    expect(() => vault.app(appId)).toThrow(expect.objectContaining({ code: 'RECORD_DAMAGED' }));
  });

  it.each([0, 1, 100])('sets an app aside whose file was cut to %d bytes', async (length) => {
    using home = new TemporaryHome();
    const { appPath, appId } = await prepare(home);
    truncateSync(appPath, length);
    const { names, damaged } = await look(home);
    expect(names).toEqual(['third']);
    expect(damaged).toEqual([{ recordId: null, appId }]);
    expect(readFileSync(appPath)).toHaveLength(length);
  });

  it('sets an app aside whose file is another app’s', async () => {
    using home = new TemporaryHome();
    const { appPath, otherPath, appId } = await prepare(home);
    writeFileSync(appPath, readFileSync(otherPath));
    expect((await home.unlock()).vault.status().damaged).toEqual([
      { recordId: null, appId, reason: 'its file belongs to another vault or app' },
    ]);
  });

  it('leaves an app of a newer format as it is, and says so', async () => {
    using home = new TemporaryHome();
    const { appPath, appId } = await prepare(home);
    change(appPath, (document) => Object.assign(document, { version: 2 }));
    const before = readFileSync(appPath);
    const { vault } = await look(home);
    expect(vault.status().damaged).toEqual([
      { recordId: null, appId, reason: expect.stringContaining('newer Tessera') },
    ]);
    expect(readFileSync(appPath)).toEqual(before);
  });

  it('notices an app’s key taken out of the vault', async () => {
    using home = new TemporaryHome();
    const { vaultPath, appId } = await prepare(home);
    change(vaultPath, ({ apps }) => {
      delete apps?.[appId];
    });
    expect((await home.unlock()).vault.status().damaged).toEqual([
      { recordId: null, appId, reason: 'its key was taken out of the vault' },
    ]);
  });

  it('notices the wrapped keys of two apps swapped', async () => {
    using home = new TemporaryHome();
    const { vaultPath } = await prepare(home);
    change(vaultPath, (document) => {
      const [[one, first], [other, second]] = Object.entries(document.apps as Json) as [
        [string, Json],
        [string, Json],
      ];
      document.apps = { [one]: second, [other]: first } as Json;
    });
    expect((await look(home)).damaged).toHaveLength(2);
  });

  it.each([
    [
      'its list of apps was changed',
      (document: Json) => Object.assign(document, { manifest: flipBit(document.manifest) }),
    ],
    ['an older list was put back', (document: Json) => Object.assign(document, { revision: 1 })],
  ])('does not open when %s', async (_what, edit) => {
    using home = new TemporaryHome();
    const { vaultPath } = await prepare(home);
    change(vaultPath, edit);
    await expect(home.unlock()).rejects.toThrow(expect.objectContaining({ code: 'VAULT_DAMAGED' }));
  });

  it.each([
    ['memoryKiB', 4, 'VAULT_KDF_REFUSED'],
    ['iterations', 1_000_000, 'VAULT_KDF_REFUSED'],
    ['iterations', 3, 'WRONG_PASSPHRASE'],
  ])('does not open with a slot whose %s was set to %d', async (name, value, code) => {
    using home = new TemporaryHome();
    const { vaultPath } = await prepare(home);
    change(vaultPath, ({ slots }) =>
      Object.assign((slots as unknown as Json[])[0]?.kdf ?? {}, { [name]: value }),
    );
    await expect(home.unlock()).rejects.toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['', 'VAULT_DAMAGED'],
    ['{"format":"tessera-vault"', 'VAULT_DAMAGED'],
    ['[]', 'VAULT_DAMAGED'],
    ['{"format":"something else","version":1}', 'VAULT_DAMAGED'],
    ['{"format":"tessera-vault","version":2}', 'VAULT_NEWER_FORMAT'],
  ])('refuses a vault file that says %j, untouched', async (text, code) => {
    using home = new TemporaryHome();
    const { vaultPath } = await prepare(home);
    writeFileSync(vaultPath, text);
    await expect(home.unlock()).rejects.toThrow(expect.objectContaining({ code }));
    expect(readFileSync(vaultPath, 'utf8')).toBe(text);
    expect(readdirSync(home.path)).toContain('apps');
  });
});

describe('a check of the whole vault', () => {
  it('opens everything and changes nothing', async () => {
    using home = new TemporaryHome();
    const { appPath } = await prepare(home);
    const before = readFileSync(appPath);
    const { vault } = await home.unlock();
    expect(vault.repair.report()).toEqual({ apps: 2, records: 3, damaged: [], strayFiles: [] });
    expect(readFileSync(appPath)).toEqual(before);
  });

  it('finds a secret that was changed, which no list opens', async () => {
    using home = new TemporaryHome();
    const { appPath, appId, tokenIds } = await prepare(home);
    change(appPath, ({ records }) => {
      const record = records?.[tokenIds[0]];
      if (record !== undefined) Object.assign(record, { secret: flipBit(record.secret) });
    });
    const { vault } = await home.unlock();
    expect(vault.status().damaged).toEqual([]);
    expect(vault.repair.report().damaged).toEqual([
      { recordId: tokenIds[0], appId, reason: 'its secret was changed on disk' },
    ]);
  });

  it('finds what was damaged on the disk since the vault was unlocked', async () => {
    using home = new TemporaryHome();
    const { appPath, appId } = await prepare(home);
    const { vault } = await home.unlock();
    truncateSync(appPath, 100);
    expect(vault.repair.report().damaged).toMatchObject([{ recordId: null, appId }]);
  });

  it('names files that belong to no app', async () => {
    using home = new TemporaryHome();
    await prepare(home);
    writeFileSync(join(home.path, 'apps', 'stray.json'), '{}');
    expect((await home.unlock()).vault.repair.report().strayFiles).toEqual(['stray.json']);
  });
});

describe('what is damaged', () => {
  it('can be moved out of the vault, into a file that has it as it was', async () => {
    using home = new TemporaryHome();
    const { appPath, otherPath, appId, tokenIds } = await prepare(home);
    change(appPath, ({ records }) => {
      const record = records?.[tokenIds[0]];
      if (record !== undefined) Object.assign(record, { metadata: flipBit(record.metadata) });
    });
    truncateSync(otherPath, 100);
    const damagedRecord = (JSON.parse(readFileSync(appPath, 'utf8')) as Json).records?.[tokenIds[0]];
    const lostFile = readFileSync(otherPath, 'utf8');
    const { vault, tokens } = await home.unlock();
    const path = vault.repair.setDamagedAside();
    expect(vault.status().damaged).toEqual([]);
    expect(tokens.list(null).map(({ name }) => name)).toEqual(['second']);
    const kept = JSON.parse(readFileSync(path ?? '', 'utf8')) as Json;
    expect(kept.records).toEqual({ [appId]: { [tokenIds[0]]: damagedRecord } });
    expect(Object.values(kept.apps ?? {})).toEqual([{ wrappedKey: expect.any(String), file: lostFile }]);
    vault.close();
    const again = await home.unlock();
    expect(again.vault.repair.report()).toMatchObject({ apps: 1, records: 1, damaged: [], strayFiles: [] });
  });

  it('is not moved where there is nothing', async () => {
    using home = new TemporaryHome();
    await prepare(home);
    expect((await home.unlock()).vault.repair.setDamagedAside()).toBeNull();
  });
});
