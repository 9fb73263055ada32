import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type KnownTokens, withListing } from '../../../renderer/tokens/known-tokens.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

const DAY_MS = 86_400_000;

describe('a listing of tokens', () => {
  let vault: Awaited<ReturnType<typeof handlersOver>>;
  beforeEach(async () => {
    vault = await handlersOver();
    return () => vault.home[Symbol.dispose]();
  });

  /** What a window knows that listens now. */
  const listen = async (known?: KnownTokens): Promise<KnownTokens> =>
    withListing(known, await vault.call('tokens.list', { since: known?.revision ?? 0 }));
  const add = (name: string, appId = vault.key.appId) =>
    vault.tessera.tokens.add(appId, { name, scheme: 'bearer', secret: `the secret of ${name}` });

  it('has what has changed since the one before, and nothing else', async () => {
    const [other, edited] = [add('other'), add('edited')];
    const { revision } = await listen();
    vault.tessera.tokens.edit({ appId: edited.appId, tokenId: edited.id }, { notes: 'new' });
    vault.tessera.tokens.remove({ appId: other.appId, tokenId: other.id });
    const listing = await vault.call('tokens.list', { since: revision });
    expect(listing.tokens).toContain('edited');
    expect(listing.tokens).not.toContain('main');
    expect(listing.places).toEqual([0]);
    expect(listing.removed).toEqual([{ appId: other.appId, tokenId: other.id }]);
    const next = await vault.call('tokens.list', { since: listing.revision });
    expect(next).toMatchObject({ places: [], removed: [] });
  });

  it('has it again for whom an answer did not reach', async () => {
    const { revision } = await listen();
    add('new');
    const lost = await vault.call('tokens.list', { since: revision });
    const again = await vault.call('tokens.list', { since: revision });
    expect(again).toEqual({ ...lost, revision: lost.revision + 1 });
  });

  it('has what was put back as changed, and no longer as removed', async () => {
    const { revision } = await listen();
    const undoId = vault.tessera.tokens.removeSeveral([vault.key]);
    const removed = await vault.call('tokens.list', { since: revision });
    expect(removed).toMatchObject({ places: [], removed: [vault.key] });
    vault.tessera.tokens.removed.undo(undoId);
    const back = await vault.call('tokens.list', { since: revision });
    expect(back).toMatchObject({ places: [0], removed: [] });
  });

  it('has states that time alone has changed', async () => {
    const expiresAt = new Date(Date.now() + DAY_MS / 2).toISOString();
    vault.tessera.tokens.edit(vault.key, { expiresAt });
    const known = await listen();
    expect(known.all.map(({ state }) => state.kind)).toEqual(['expiring']);
    vi.useFakeTimers({ now: Date.now() + DAY_MS, toFake: ['Date'] });
    try {
      expect((await listen(known)).all.map(({ state }) => state.kind)).toEqual(['expired']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('has a use that is not written yet', async () => {
    const known = await listen();
    vault.tessera.tokens.usage.note(vault.key);
    expect((await listen(known)).all[0]?.lastUsedAt).not.toBeNull();
  });

  it('has what another process wrote, as soon as this one has read it', async () => {
    const known = await listen();
    vault.tessera.vault.close();
    const theirs = await vault.home.unlock();
    theirs.tokens.add(vault.key.appId, { name: 'theirs', scheme: 'bearer', secret: 'their secret' });
    await vault.tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    const reading = await listen(known);
    theirs.tokens.edit(vault.key, { notes: 'theirs' });
    theirs.vault.close();
    add('ours');
    const { all } = await listen(reading);
    expect(all.map(({ name, notes }) => [name, notes])).toEqual([
      ['main', 'theirs'],
      ['ours', ''],
      ['theirs', ''],
    ]);
  });

  it('is of all after a lock, whatever was known before', async () => {
    const { revision } = await listen();
    vault.tessera.vault.lock();
    await vault.tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    expect(await vault.call('tokens.list', { since: revision })).toMatchObject({ places: null });
  });

  it('leads to what a window would be told anew, whatever was changed and whenever it listened', async () => {
    const { tessera } = vault;
    const apps = [vault.key.appId, tessera.apps.create({ name: 'Shop' }).id];
    for (const appId of apps) for (const name of ['twin', 'x 1', 'x 10']) add(name, appId);
    const removals: string[] = [];
    const anyToken = (pick: number) => {
      const tokens = tessera.tokens.list(null);
      const { appId, id: tokenId } = tokens[pick % tokens.length] ?? add(`new ${pick}`);
      return { appId, tokenId };
    };
    const changes: readonly ((pick: number, name: string) => void)[] = [
      (pick, name) => add(name, apps[pick % 2]),
      (pick, name) => tessera.tokens.edit(anyToken(pick), { name }),
      (pick, name) => tessera.tokens.edit(anyToken(pick), { notes: name }),
      (pick, name) => tessera.tokens.rotate(anyToken(pick), Buffer.from(name), { overlapDays: pick % 2 }),
      (pick) => tessera.tokens.markCompromised([anyToken(pick), anyToken(pick + 1)], pick % 3 > 0),
      (pick) => removals.push(tessera.tokens.removeSeveral([anyToken(pick), anyToken(pick + 3)])),
      () => tessera.tokens.removed.undo(removals.pop() ?? ''),
      (pick) => tessera.tokens.usage.note(anyToken(pick)),
      () => tessera.tokens.usage.flush(),
    ];
    const change = fc.record({
      kind: fc.nat(changes.length - 1),
      pick: fc.nat(1000),
      name: fc.constantFrom('twin', 'Twin 2', 'x 1', 'x 2', 'x 10', 'a', 'z'),
      isListening: fc.boolean(),
    });
    let known = await listen();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (steps) => {
        for (const { kind, pick, name, isListening } of steps) {
          try {
            changes[kind]?.(pick, name);
          } catch {
            // Refused, such as a name that is taken: nothing has changed.
          }
          if (isListening) known = await listen(known);
        }
        known = await listen(known);
        const { all, ofApps } = await listen();
        expect(known.all).toEqual(all);
        expect([...known.ofApps].sort()).toEqual([...ofApps].sort());
      }),
      { numRuns: 40 },
    );
  });
});
