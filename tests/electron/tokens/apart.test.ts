import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { withListing } from '../../../renderer/tokens/known-tokens.ts';
import { AppError } from '../../../shared/app-error.ts';
import { type IpcChannel, type IpcInput, ipcContract } from '../../../shared/ipc-contract.ts';
import type { TokenKey } from '../../../shared/tokens/token.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

const THEIR_NAME = 'theirs alone';
const THEIR_SECRET = 'the secret of the other app';
const AT_PROVIDER = { callId: randomUUID(), authority: {} };

/** One app, and in another one a token that is none of its business. */
async function twoApps() {
  const mine = await handlersOver();
  const { tessera, key } = mine;
  const other = tessera.apps.create({ name: 'Other', baseUrl: 'https://other.example' });
  const theirs = tessera.tokens.add(other.id, { name: THEIR_NAME, scheme: 'bearer', secret: THEIR_SECRET });
  // A provider whose API manages tokens; nothing answers at the address.
  tessera.apps.update(key.appId, { provider: 'virtuozzo', baseUrl: 'http://127.0.0.1:1/1.0' });
  await tessera.confirmation.confirm({ kind: 'passphrase', passphrase: PASSPHRASE });
  return { ...mine, appId: key.appId, otherId: other.id, theirs };
}

describe('one app through the window', () => {
  let vault: Awaited<ReturnType<typeof twoApps>>;
  beforeEach(async () => {
    vault = await twoApps();
    return () => vault.home[Symbol.dispose]();
  });

  /** Every channel that is told a token, told one app and the token of another. */
  const doors: readonly [IpcChannel, (key: TokenKey) => unknown][] = [
    ['tokens.reveal', (key) => key],
    ['tokens.copySecret', (key) => key],
    ['tokens.remove', (key) => ({ keys: [key] })],
    ['tokens.edit', (key) => ({ ...key, changes: { name: 'mine now' } })],
    ['tokens.markCompromised', (key) => ({ keys: [key], isCompromised: true })],
    [
      'tokens.rotate',
      (key) => ({ ...key, value: { kind: 'given', secret: 'next' }, rotation: { overlapDays: 7 } }),
    ],
    ['tokens.check', ({ appId, tokenId }) => ({ checkId: randomUUID(), appId, tokenIds: [tokenId] })],
    ['collections.renameToken', (key) => ({ ...key, from: 'main before' })],
    ['logins.connect', (key) => ({ ...key, connectId: randomUUID() })],
    ['logins.refresh', (key) => key],
    ['logins.signOut', (key) => key],
    ['remoteTokens.edit', (key) => ({ ...AT_PROVIDER, ...key, wish: { name: 'mine now' } })],
    ['remoteTokens.regenerate', (key) => ({ ...AT_PROVIDER, ...key })],
    ['remoteTokens.revoke', ({ appId, tokenId }) => ({ ...AT_PROVIDER, appId, tokenIds: [tokenId] })],
  ];

  /** Every other channel that is told an app: what in it may name a token is tried below, or there is none. */
  const toldAppAlone: readonly IpcChannel[] = [
    ...(['apps.update', 'apps.remove', 'backup.exportApp', 'health.setDismissed', 'logins.tryOut'] as const),
    ...(['connections.change', 'connections.test'] as const),
    ...(['connections.setClientCertificate', 'connections.removeClientCertificate'] as const),
    ...(['tokens.add', 'tokens.generate', 'requests.send'] as const),
    ...(['remoteTokens.compare', 'remoteTokens.scopes', 'remoteTokens.create'] as const),
    ...(['cookies.list', 'cookies.reveal', 'cookies.set', 'cookies.remove', 'cookies.clear'] as const),
    ...(['collections.list', 'collections.create', 'collections.open', 'collections.close'] as const),
    ...(['collections.tree', 'collections.read', 'collections.save', 'collections.remove'] as const),
    ...(['collections.tokenReferences', 'collections.checkRename', 'collections.run'] as const),
  ];

  it('is tried at every channel that is told a token', () => {
    const told = Object.entries(ipcContract)
      .filter(([, { input }]) => {
        const schema = JSON.stringify(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
        return /"(appId|tokenId|tokenIds|keys)":/.test(schema);
      })
      .map(([name]) => name);
    expect(told.toSorted()).toEqual([...doors.map(([door]) => door), ...toldAppAlone].toSorted());
  });

  it.each(doors)('cannot reach another app’s token by %s', async (channel, input) => {
    const { call, tessera, appId, otherId, theirs } = vault;
    const before = tessera.tokens.get({ appId: otherId, tokenId: theirs.id });
    const given = input({ appId, tokenId: theirs.id }) as IpcInput<typeof channel>;
    const error: unknown = await call(channel, given).then(
      (answer) => answer,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    const { code, message } = error as AppError;
    expect(code).toBe('TOKEN_OF_OTHER_APP');
    expect(message).not.toContain(THEIR_NAME);
    expect(tessera.tokens.get({ appId: otherId, tokenId: theirs.id })).toEqual(before);
    expect(vault.copied()).toBe('');
  });

  it('cannot ask a provider by another app’s token', async () => {
    const { call, appId, theirs } = vault;
    for (const by of [THEIR_NAME, theirs.id]) {
      const asking = () => ({ callId: randomUUID(), appId, authority: { by, password: null } });
      for (const asked of [
        call('remoteTokens.create', { ...asking(), wish: { name: 'new' } }),
        call('remoteTokens.compare', asking()),
      ]) {
        await expect(asked).rejects.toMatchObject({
          code: 'TOKEN_OF_OTHER_APP',
          message: expect.not.stringMatching(/theirs alone|Other/),
        });
      }
    }
  });

  it('finds no saved requests of another app', async () => {
    const { call, tessera, home, appId, otherId } = vault;
    const folder = join(home.path, 'theirs');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.yml'),
      'http:\n  url: /\n  auth:\n    type: bearer\n    token: "{{vault.main}}"\n',
    );
    tessera.apps.setCollections(otherId, [folder]);
    expect(await call('collections.tokenReferences', { appId, name: 'main' })).toEqual({
      files: [],
      unread: [],
    });
    // One of its own would be refused: the name is a secret.
    await call('collections.checkRename', { appId, from: 'main', name: 'the secret' });
  });

  it('sees its own tokens only', async () => {
    const { ofApps } = withListing(undefined, await vault.call('tokens.list', { since: 0 }));
    expect(ofApps.get(vault.appId)?.map(({ name }) => name)).toEqual(['main']);
  });

  it.each(['by name', 'by id', 'as its default'])('cannot send another app’s token %s', async (how) => {
    const { call, tessera, appId, theirs } = vault;
    const requests: unknown[] = [];
    const server = createServer((request, response) => {
      requests.push(request.headers);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    tessera.apps.update(appId, { allowedOrigins: [origin], defaultToken: THEIR_NAME });
    const name = how === 'by id' ? theirs.id : THEIR_NAME;
    const auth = how === 'as its default' ? { kind: 'inherit' as const } : { kind: 'token' as const, name };
    const sending = call('requests.send', {
      sendId: randomUUID(),
      appId,
      request: { url: `${origin}/`, auth },
    });
    await expect(sending).rejects.toMatchObject({
      code: 'TOKEN_OF_OTHER_APP',
      message: expect.not.stringMatching(/theirs alone|Other/),
    });
    expect(requests).toEqual([]);
    server.close();
  });

  it('cannot use another app’s token by a reference in a collection’s file', async () => {
    const { call, tessera, home, appId } = vault;
    const folder = join(home.path, 'checks');
    mkdirSync(folder);
    writeFileSync(join(folder, 'opencollection.yml'), 'opencollection: 1.0.0\ninfo:\n  name: Checks\n');
    writeFileSync(
      join(folder, 'steal.yml'),
      `info:\n  name: steal\n  type: http\nhttp:\n  method: GET\n  url: https://api.example.com/\n  auth:\n    type: bearer\n    token: "{{vault.${THEIR_NAME}}}"\n`,
    );
    tessera.apps.setCollections(appId, [folder]);
    const summary = await call('collections.run', { appId, collectionId: folder, runId: randomUUID() });
    expect(summary.results.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
      ['error', 'TOKEN_OF_OTHER_APP'],
    ]);
    expect(JSON.stringify(summary)).not.toContain(THEIR_SECRET);
  });

  it('cannot read another app’s collection', async () => {
    const { call, otherId, appId } = vault;
    const { id } = await call('collections.create', { appId: otherId, name: 'Theirs' });
    await expect(call('collections.tree', { appId, collectionId: id })).rejects.toMatchObject({
      code: 'COLLECTION_NOT_FOUND',
    });
  });
});
