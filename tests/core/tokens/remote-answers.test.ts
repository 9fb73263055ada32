import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openConfDocument } from '../../../core/storage/conf-document.ts';
import type { OpenDocument } from '../../../core/storage/document-store.ts';
import { Tessera } from '../../../core/tessera.ts';
import { ProviderRefusal } from '../../../core/tokens/provider-refusal.ts';
import { systemKeychain } from '../../../core/vault/system-keychain.ts';
import type { ProviderId } from '../../../shared/providers/provider.ts';
import { type Authority, type RemoteWish, remoteWishSchema } from '../../../shared/tokens/remote-token.ts';
import type { NewToken, TokenKey } from '../../../shared/tokens/token.ts';
import { HttpRecorder } from '../../support/http-recorder.ts';
import { CHEAP_KDF, PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const SIGNAL = new AbortController().signal;
const SECRET = 'the-secret-of-the-app';
const PASSWORD = 'pass-of-the-account {{x}}';
const BY_PASSWORD: Authority = { by: null, password: PASSWORD };
const BY_DEFAULT: Authority = { by: null, password: null };

let home: TemporaryHome;
let tessera: Tessera;
/** A provider that says whatever it is told to. */
let service: HttpRecorder;

const openTessera = (openDocument: OpenDocument = openConfDocument) =>
  new Tessera({
    home: home.path,
    openDocument,
    keychain: systemKeychain,
    kdf: CHEAP_KDF,
  });

beforeEach(async () => {
  home = new TemporaryHome();
  service = await HttpRecorder.start();
  tessera = openTessera();
  await tessera.vault.create(PASSPHRASE);
});
afterEach(async () => {
  await tessera.close();
  service.close();
  home[Symbol.dispose]();
});

/** An app with `main` as its default token. */
function appAt(provider: ProviderId): string {
  const { id } = tessera.apps.create({ name: provider, provider, baseUrl: service.url });
  add(id, 'main', { secret: SECRET });
  tessera.apps.update(id, { defaultToken: 'main' });
  return id;
}

function add(appId: string, name: string, fields: Partial<NewToken> = {}): TokenKey {
  const token = { name, scheme: 'bearer', secret: `the secret of ${name}`, ...fields } as const;
  return { appId, tokenId: tessera.tokens.add(appId, token).id };
}

/** A token of the vault that the provider is known to call so. */
function addLinked(appId: string, name: string, remoteId: string, fields: Partial<NewToken> = {}): TokenKey {
  const key = add(appId, name, fields);
  tessera.tokens.saveFacts(appId, new Map([[key.tokenId, { remoteId }]]));
  return key;
}

const wish = (name: string, fields: Partial<RemoteWish> = {}) => remoteWishSchema.parse({ name, ...fields });

function answerWith(value: unknown): void {
  service.answer = (_request, response) => response.end(JSON.stringify(value));
}

/** Every `list` of an airfocus app. */
const compare = (appId: string) => tessera.remoteTokens.compare(appId, BY_DEFAULT, SIGNAL);
const nameOf = ({ name }: { readonly name: string }) => name;

describe('before a provider is asked, it is seen to', () => {
  it.each([
    'create',
    'edit',
    'regenerate',
    'revoke',
  ] as const)('that the vault can be written: %s', async (action) => {
    const appId = appAt('virtuozzo');
    const key = addLinked(appId, 'CI', '7');
    await tessera.close();
    tessera = openTessera();
    await tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    const other = await home.unlock();
    other.vault.acquireWriter();
    const { remoteTokens } = tessera;
    const call = {
      create: () => remoteTokens.create(appId, wish('new'), BY_PASSWORD, SIGNAL),
      edit: () => remoteTokens.edit(key, wish('CI'), BY_PASSWORD, SIGNAL),
      regenerate: () => remoteTokens.regenerate(key, BY_PASSWORD, SIGNAL),
      revoke: () => remoteTokens.revoke(appId, [key.tokenId], BY_PASSWORD, SIGNAL),
    }[action];
    await expect(call()).rejects.toMatchObject({ code: 'VAULT_READ_ONLY' });
    other.vault.close();
    expect(service.requests).toEqual([]);
  });

  it('that the disk takes what is written, before an old value is made invalid', async () => {
    const appId = appAt('virtuozzo');
    const key = addLinked(appId, 'CI', '7');
    await tessera.close();
    tessera = openTessera((path) => ({
      ...openConfDocument(path),
      write: () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
    }));
    await tessera.vault.unlock({ kind: 'passphrase', passphrase: PASSPHRASE });
    const regenerating = tessera.remoteTokens.regenerate(key, BY_PASSWORD, SIGNAL);
    await expect(regenerating).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    expect(service.requests).toEqual([]);
  });

  it('that another token does not have the name that a token shall get', async () => {
    const key = addLinked(appAt('virtuozzo'), 'CI', '7');
    const editing = tessera.remoteTokens.edit(key, wish('MAIN'), BY_PASSWORD, SIGNAL);
    await expect(editing).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(service.requests).toEqual([]);
  });

  it('which token of the provider is meant', async () => {
    const appId = appAt('virtuozzo');
    const { tokenId } = add(appId, 'CI');
    const revoking = tessera.remoteTokens.revoke(appId, [tokenId], BY_PASSWORD, SIGNAL);
    await expect(revoking).rejects.toMatchObject({ code: 'TOKEN_NOT_LINKED', details: { token: 'CI' } });
    expect(service.requests).toEqual([]);
  });

  it('that there is a provider', async () => {
    const { id } = tessera.apps.create({ name: 'Own', baseUrl: service.url });
    await expect(compare(id)).rejects.toMatchObject({
      code: 'PROVIDER_CANNOT',
      message: expect.stringMatching(/^The app Own has no provider/),
    });
  });
});

describe('what a provider says of a token that it made', () => {
  it('goes before what was wished', async () => {
    answerWith({
      result: 0,
      token: {
        id: 7,
        key: 'a-new-value',
        description: 'CI',
        expiresAt: '2031-05-01 10:00:00',
        apiListItems: [{ method: 'a.B' }],
      },
    });
    const wished = wish('CI', { scopes: ['c.D'], expiresAt: '2030-01-31T22:59:59.000Z' });
    const { token } = await tessera.remoteTokens.create(appAt('virtuozzo'), wished, BY_PASSWORD, SIGNAL);
    expect(token).toMatchObject({
      remoteId: '7',
      expiresAt: '2031-05-01T10:00:00.000Z',
      isExpiryKnown: true,
      scopes: ['a.B'],
    });
  });

  it('leaves what was wished where it says nothing', async () => {
    answerWith({ apiKey: { id: 'k1', scopes: [] }, secret: 'a-new-value' });
    const wished = wish('CI', { scopes: ['team:read'], expiresAt: '2030-01-31T22:59:59.000Z' });
    const { token } = await tessera.remoteTokens.create(appAt('airfocus'), wished, BY_DEFAULT, SIGNAL);
    expect(token).toMatchObject({ expiresAt: '2030-01-31T22:59:59.000Z', scopes: ['team:read'] });
  });

  it('brings out no secret of the app', async () => {
    answerWith({ apiKey: { id: 'k1', scopes: [SECRET] }, secret: 'a-new-value' });
    const { token } = await tessera.remoteTokens.create(appAt('airfocus'), wish('CI'), BY_DEFAULT, SIGNAL);
    expect(token.scopes).toEqual(['••••']);
  });

  it('brings none out of a new value either', async () => {
    const appId = appAt('virtuozzo');
    const key = addLinked(appId, 'CI', '7');
    answerWith({
      result: 0,
      token: { id: 7, key: 'a-new-value', description: 'CI', apiListItems: [{ method: SECRET }] },
    });
    const { token } = await tessera.remoteTokens.regenerate(key, BY_PASSWORD, SIGNAL);
    expect(token.scopes).toEqual(['••••']);
  });
});

describe('a token that gets a new value', () => {
  const regenerated = async (fields: Partial<NewToken>, expiresAt?: string) => {
    const key = addLinked(appAt('virtuozzo'), 'CI', '7', fields);
    answerWith({ result: 0, token: { id: 7, key: 'a-new-value', description: 'CI', expiresAt } });
    return (await tessera.remoteTokens.regenerate(key, BY_PASSWORD, SIGNAL)).token;
  };
  const END = '2030-01-31T22:59:59.000Z';

  it('gets the end that comes with it', async () => {
    expect(await regenerated({ isExpiryKnown: false }, '2031-05-01 10:00:00')).toMatchObject({
      expiresAt: '2031-05-01T10:00:00.000Z',
      isExpiryKnown: true,
    });
  });

  it('keeps its end where none comes', async () => {
    expect((await regenerated({ expiresAt: END })).expiresAt).toBe(END);
  });

  it('is not said to live for ever where nobody knows its end', async () => {
    expect(await regenerated({ isExpiryKnown: false })).toMatchObject({
      expiresAt: null,
      isExpiryKnown: false,
    });
  });
});

test('an edit keeps the name of a token in another spelling', async () => {
  const key = addLinked(appAt('virtuozzo'), 'CI', '7');
  answerWith({ result: 0, token: { id: 7, description: 'ci' } });
  const { token } = await tessera.remoteTokens.edit(key, wish('ci'), BY_PASSWORD, SIGNAL);
  expect(token.name).toBe('ci');
});

describe('the scopes that a token may be given', () => {
  const scopes = (appId: string) => tessera.remoteTokens.scopes(appId, BY_DEFAULT, SIGNAL);

  it('are named once', async () => {
    answerWith({ result: 0, templates: [], apiList: ['a.B', 'c.D', 'a.B'] });
    expect(await scopes(appAt('virtuozzo'))).toEqual(['a.B', 'c.D']);
  });

  it('are the documented ones where the provider lists none', async () => {
    answerWith({ result: 0, templates: [], apiList: [] });
    const own = appAt('airfocus');
    expect(await scopes(own)).toContain('team:read');
    expect(service.requests).toEqual([]);
    expect(await scopes(appAt('virtuozzo'))).toContain('users.account.GetUserInfo');
  });
});

describe('a comparison with the provider’s list', () => {
  it('leaves what the provider does not say', async () => {
    const appId = appAt('airfocus');
    const expiresAt = '2030-01-31T22:59:59.000Z';
    const key = addLinked(appId, 'CI', 'k1', { scopes: ['team:read'], expiresAt });
    answerWith([{ id: 'k1', name: 'CI', scopes: [], lastUsedAt: '2026-01-01T00:00:00Z' }]);
    expect((await compare(appId)).updated.map(nameOf)).toEqual(['CI']);
    expect(tessera.tokens.get(key)).toMatchObject({
      scopes: ['team:read'],
      expiresAt,
      lastUsedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('misses nothing of which it is not known that the provider had it', async () => {
    const appId = appAt('airfocus');
    addLinked(appId, 'gone', 'k9');
    answerWith([]);
    expect((await compare(appId)).missing.map(nameOf)).toEqual(['gone']);
  });

  it('takes a name that the provider has twice for neither', async () => {
    const appId = appAt('airfocus');
    answerWith([
      { id: 'k1', name: 'main' },
      { id: 'k2', name: 'main' },
    ]);
    const { updated, others } = await compare(appId);
    expect([updated.length, others.length]).toEqual([0, 2]);
  });

  it('takes a token that is known by its ID for no other of its name', async () => {
    const appId = appAt('airfocus');
    addLinked(appId, 'renamed here', 'k1');
    answerWith([{ id: 'k1', name: 'main' }]);
    await compare(appId);
    expect(tessera.tokens.find(appId, 'main').remoteId).toBeNull();
  });

  it('takes a token that is known by its ID for none of its name', async () => {
    const appId = appAt('airfocus');
    addLinked(appId, 'CI', 'k1');
    answerWith([{ id: 'k2', name: 'CI' }]);
    const { missing, others } = await compare(appId);
    expect([missing.map(nameOf), others.map(({ remoteId }) => remoteId)]).toEqual([['CI'], ['k2']]);
  });

  it('says nothing of values that were replaced', async () => {
    const appId = appAt('airfocus');
    const key = addLinked(appId, 'CI', 'k1');
    tessera.tokens.rotate(key, Buffer.from('the next value'), { overlapDays: 7 });
    answerWith([]);
    expect((await compare(appId)).missing.map(nameOf)).toEqual(['CI']);
  });
});

describe('a name with braces', () => {
  it('is the name that goes out, and no reference', async () => {
    answerWith({ apiKey: { id: 'k1' }, secret: 'a-new-value' });
    await tessera.remoteTokens.create(appAt('airfocus'), wish('CI {{x}}'), BY_DEFAULT, SIGNAL);
    expect(JSON.parse(service.requests[0]?.body ?? '')).toMatchObject({ name: 'CI {{x}}' });
  });
});

describe('an answer that is shown', () => {
  const CREATED = { id: 7, key: 'a-new-value', description: 'CI' };
  const creating = () => tessera.remoteTokens.create(appAt('virtuozzo'), wish('CI'), BY_PASSWORD, SIGNAL);
  const refusal = async () => {
    const error: unknown = await creating().catch((reason: unknown) => reason);
    if (!(error instanceof ProviderRefusal)) throw new Error('It was not refused.');
    return error.exchange;
  };

  it('repeats no password, be it good news', async () => {
    answerWith({ result: 0, token: CREATED, echo: PASSWORD });
    const { exchanges } = await creating();
    expect(exchanges[0]?.answer).toContain('"echo":"••••"');
  });

  it('repeats none, be it bad news', async () => {
    answerWith({ result: 701, error: `wrong: ${PASSWORD}` });
    expect((await refusal()).answer).toContain('wrong: ••••');
  });

  it('is left out where it is not known in which field a new value would stand', async () => {
    answerWith({ result: 0, undocumented: 'a-new-value' });
    expect(await refusal()).toMatchObject({ status: 200, answer: '' });
  });
});

describe('an answer that does not come whole', () => {
  it('is a failure of the network, and no answer', async () => {
    service.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('[', () => response.destroy());
    };
    await expect(compare(appAt('airfocus'))).rejects.toMatchObject({
      code: expect.stringMatching(/^NETWORK_/),
    });
  });

  it('is not looked for on another page', async () => {
    service.answer = (_request, response) => response.writeHead(302, { Location: '/login' }).end('[]');
    await expect(compare(appAt('airfocus'))).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
    expect(service.requests).toHaveLength(1);
  });
});
