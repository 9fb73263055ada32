import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IpcChannel, IpcInput } from '../../../shared/ipc-contract.ts';
import { OVERLAP_DAYS } from '../../../shared/tokens/rotation.ts';
import type { NewToken } from '../../../shared/tokens/token.ts';
import { handlersOver } from '../../support/handlers-over-vault.ts';
import { recordingElectron } from '../../support/recording-electron.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

vi.mock('electron', () => recordingElectron());

const HUGE = 'x'.repeat(1_000_000);
const HTML = '<img src=x onerror=alert(1)>';
const PAST = '2020-01-31T00:00:00.000Z';
const SHAPE = { alphabet: 'hex' } as const;

let vault: Awaited<ReturnType<typeof handlersOver>>;
beforeEach(async () => {
  vault = await handlersOver();
  await vault.tessera.confirmation.confirm({ kind: 'passphrase', passphrase: PASSPHRASE });
  return () => vault.home[Symbol.dispose]();
});

type Changes = Partial<NewToken> & { readonly appId?: string };

/** The channels that are told what a token is, each told the changes that are given. */
const doors: readonly [IpcChannel, (changes: Changes) => unknown][] = [
  [
    'tokens.add',
    ({ appId = vault.key.appId, ...changes }) => ({
      appId,
      token: { name: 'new', scheme: 'bearer', secret: 'a secret', ...changes },
    }),
  ],
  [
    'tokens.generate',
    ({ appId = vault.key.appId, ...changes }) => ({
      appId,
      token: { name: 'new', scheme: 'bearer', ...changes },
      shape: SHAPE,
    }),
  ],
  [
    'tokens.edit',
    ({ appId = vault.key.appId, ...changes }) => ({ appId, tokenId: vault.key.tokenId, changes }),
  ],
];
const call = (channel: IpcChannel, input: unknown) => vault.call(channel, input as IpcInput<typeof channel>);

describe.each(doors)('%s', (channel, inputOf) => {
  it.each([
    ['a name of 1 MB', { name: HUGE }, /at most 100 characters/],
    ['no name', { name: '   ' }, /a name is needed/],
    ['a name of two lines', { name: 'a\nb' }, /one line of visible characters/],
    ['a scope with spaces', { scopes: ['account read'] }, /a scope has no spaces/],
    ['a date that is none', { expiresAt: '2027-02-31' }, /an expiry is a date/],
    ['notes of 1 MB', { notes: HUGE }, /at most 10,000 characters/],
  ])('refuses %s with a sentence', async (_what, changes, sentence) => {
    const error: unknown = await call(channel, inputOf(changes)).catch((reason: unknown) => reason);
    expect(String((error as Error).message)).toMatch(sentence);
    expect(String((error as Error).message).length).toBeLessThan(2000);
  });

  it('says that there is no such app', async () => {
    await expect(call(channel, inputOf({ appId: randomUUID() }))).rejects.toMatchObject({
      code: 'APP_NOT_FOUND',
      message: expect.stringMatching(/not in the vault/),
    });
  });

  it('refuses a second token of one name, whatever its case', async () => {
    const { appId } = vault.key;
    vault.tessera.tokens.add(appId, { name: 'second', scheme: 'bearer', secret: 'another' });
    await expect(call(channel, inputOf({ name: 'SECOND' }))).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringMatching(/"SECOND" already/),
      details: { path: 'name' },
    });
  });

  it('keeps HTML in a name as text, and a scope that no provider lists', async () => {
    await call(channel, inputOf({ name: HTML, scopes: ['taem'] }));
    expect(vault.tessera.tokens.list(null)).toContainEqual(
      expect.objectContaining({ name: HTML, scopes: ['taem'] }),
    );
  });
});

describe('an expiry in the past', () => {
  it.each(doors)('is refused by %s unless it is meant', async (channel, inputOf) => {
    const input = inputOf({ expiresAt: PAST }) as object;
    await expect(call(channel, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/in the past: this token would not work/),
      details: { path: 'expiresAt' },
    });
    expect(vault.tessera.tokens.list(null)).toMatchObject([{ name: 'main', expiresAt: null }]);
    await call(channel, { ...input, allowExpired: true });
    expect(vault.tessera.tokens.list(null)).toContainEqual(expect.objectContaining({ expiresAt: PAST }));
  });

  it('that is there already does not stop other changes', async () => {
    await vault.call('tokens.edit', { ...vault.key, changes: { expiresAt: PAST }, allowExpired: true });
    const changes = { expiresAt: PAST, notes: 'it was mine' };
    await expect(vault.call('tokens.edit', { ...vault.key, changes })).resolves.toMatchObject(changes);
  });

  it('is refused where a token is rotated', async () => {
    const rotation = { overlapDays: OVERLAP_DAYS.standard, expiresAt: PAST };
    const refused = {
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/in the past/),
      details: { path: 'expiresAt' },
    };
    await expect(
      call('tokens.rotate', { ...vault.key, value: { kind: 'given', secret: 'next' }, rotation }),
    ).rejects.toMatchObject(refused);
    expect(vault.tessera.tokens.list(null).map(({ name, expiresAt }) => [name, expiresAt])).toEqual([
      ['main', null],
    ]);
  });
});
