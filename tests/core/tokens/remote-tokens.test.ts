import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Tessera } from '../../../core/tessera.ts';
import { ProviderRefusal } from '../../../core/tokens/provider-refusal.ts';
import type { ProviderId } from '../../../shared/providers/provider.ts';
import { type Authority, remoteWishSchema } from '../../../shared/tokens/remote-token.ts';
import type { Token } from '../../../shared/tokens/token.ts';
import { HttpRecorder } from '../../support/http-recorder.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PracticeApi } from '../../support/practice-api.ts';
import { PASSPHRASE, TemporaryHome } from '../../support/temporary-vault.ts';

const SIGNAL = new AbortController().signal;
const SCOPES = ['environment.control.StopEnv'];

let home: TemporaryHome;
let practice: PracticeApi;
let tessera: Tessera;

beforeEach(async () => {
  home = new TemporaryHome();
  practice = await PracticeApi.start();
  tessera = newTessera(home.path);
  await tessera.vault.create(PASSPHRASE);
});

afterEach(async () => {
  await tessera.close();
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

/** An app of the provider with the announced token as `main`, its default. */
function appWith(provider: ProviderId, note: string): string {
  const announced = practice.token(provider, note);
  const { id } = tessera.apps.create({ name: provider, provider, baseUrl: announced.baseUrl });
  const scheme = provider === 'virtuozzo' ? 'query' : 'bearer';
  tessera.tokens.add(id, {
    name: 'main',
    scheme,
    field: announced.field ?? null,
    secret: announced.secret,
  });
  tessera.apps.update(id, { defaultToken: 'main' });
  return id;
}

function authority(
  password: string | null = practice.server.logins.find(isVirtuozzo)?.password ?? null,
): Authority {
  return { by: null, password };
}

const isVirtuozzo = ({ provider }: { readonly provider: string }) => provider === 'virtuozzo';

const wish = (name: string, scopes: readonly string[] = SCOPES) =>
  remoteWishSchema.parse({ name, scopes, expiresAt: '2030-01-31T22:59:59.000Z' });

function secretOf({ appId, id }: Token): string {
  return tessera.tokens.secrets.open({ appId, tokenId: id }).toString();
}

async function works(token: Token): Promise<boolean> {
  const answer = await practice.call(
    `/1.0/environment/control/rest/stopenv?envName=practice-env&session=${secretOf(token)}`,
  );
  const { result } = (await answer.json()) as { result: number };
  return result === 0;
}

describe('at Virtuozzo, a token', () => {
  test('is made there and kept here, with all that the platform says of it', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { token, secret } = await tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL);
    expect(token).toMatchObject({
      name: 'CI',
      scheme: 'query',
      field: 'session',
      scopes: SCOPES,
      expiresAt: '2030-01-31T22:59:59.000Z',
      remoteId: expect.stringMatching(/^\d+$/),
    });
    expect(secret?.toString()).toBe(secretOf(token));
    expect(await works(token)).toBe(true);
  });

  test('is changed there and here', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { token } = await tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL);
    const key = { appId, tokenId: token.id };
    const next = wish('Nightly {{x}}', ['template:marketplace']);
    const edited = await tessera.remoteTokens.edit(key, next, authority(), SIGNAL);
    expect(edited.token).toMatchObject({ name: 'Nightly {{x}}', scopes: ['template:marketplace'] });
    const { others, updated } = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect([...others, ...updated].map(({ name }) => name)).not.toContain('CI');
    expect(await works(token)).toBe(false);
  });

  test('gets a new value, and the one before is worth nothing', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { token } = await tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL);
    const before = secretOf(token);
    const key = { appId, tokenId: token.id };
    const regenerated = await tessera.remoteTokens.regenerate(key, authority(), SIGNAL);
    expect(regenerated.token).toMatchObject({ id: token.id, name: 'CI', rotatedAt: expect.any(String) });
    expect(secretOf(regenerated.token)).not.toBe(before);
    expect(await works(regenerated.token)).toBe(true);
    expect(tessera.tokens.list(appId)).toHaveLength(2);
  });

  test('is revoked with others in one call, and gone here too', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const made = [];
    for (const name of ['a', 'b']) {
      made.push((await tessera.remoteTokens.create(appId, wish(name), authority(), SIGNAL)).token);
    }
    const ids = made.map(({ id }) => id);
    const exchanges = await tessera.remoteTokens.revoke(appId, ids, authority(), SIGNAL);
    expect(exchanges).toHaveLength(1);
    expect(tessera.tokens.list(appId).map(({ name }) => name)).toEqual(['main']);
    const { others } = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect(others.map(({ name }) => name)).toEqual(['expired', 'stop only']);
  });

  test('that was made elsewhere is known by its name, and then by its ID', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const [main] = tessera.tokens.list(appId);
    expect(main?.remoteId).toBeNull();
    const first = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect(first.updated.map(({ name, remoteId }) => [name, remoteId])).toEqual([['main', '1']]);
    tessera.tokens.edit({ appId, tokenId: main?.id ?? '' }, { name: 'renamed' });
    const again = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect(again.others.map(({ name }) => name)).not.toContain('main');
  });

  test('that the platform no longer has is called missing', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { token } = await tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL);
    await practice.postForm('/1.0/users/authentication/rest/deletetokens', {
      session: practice.token('virtuozzo', 'getuserinfo').secret,
      ids: token.remoteId ?? '',
      password: authority().password ?? '',
    });
    const { missing } = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect(missing.map(({ id }) => id)).toEqual([token.id]);
  });

  test('may be given what the platform lists at the moment', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const scopes = await tessera.remoteTokens.scopes(appId, authority(), SIGNAL);
    expect(scopes).toContain('template:maven-plugin');
    expect(scopes).toContain('users.authentication.CreateToken');
  });

  test('is not made under a wrong password, and nothing is kept', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const making = tessera.remoteTokens.create(appId, wish('CI'), authority('wrong {{x}}'), SIGNAL);
    await expect(making).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      message: expect.stringContaining('result 701'),
      exchange: { status: 200, answer: expect.stringContaining('701') },
    });
    const shown = await making.catch((error: unknown) =>
      JSON.stringify(error instanceof ProviderRefusal && error.exchange),
    );
    expect(shown).not.toContain('wrong {{x}}');
    expect(tessera.tokens.list(appId)).toHaveLength(1);
  });

  test('is not made by a token that may not do so', async () => {
    const appId = appWith('virtuozzo', 'only stop');
    await expect(tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL)).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      message: expect.stringContaining('8202'),
    });
  });

  test('under a name that is taken is not asked for', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    await expect(tessera.remoteTokens.create(appId, wish('MAIN'), authority(), SIGNAL)).rejects.toMatchObject(
      { code: 'NAME_TAKEN' },
    );
    expect(await practice.timesCalled('POST /1.0/users/authentication/rest/createtoken')).toBe(0);
  });

  test('that cannot be kept is taken back', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { tokens } = tessera;
    tokens.add = () => {
      throw new Error('The disk is full.');
    };
    await expect(tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL)).rejects.toThrow('full');
    const { others } = await tessera.remoteTokens.compare(appId, authority(), SIGNAL);
    expect(others.map(({ name }) => name)).not.toContain('CI');
  });
});

describe('what was exchanged', () => {
  test('is shown without the new value, the session or the password', async () => {
    const appId = appWith('virtuozzo', 'getuserinfo');
    const { token, exchanges } = await tessera.remoteTokens.create(appId, wish('CI'), authority(), SIGNAL);
    const shown = JSON.stringify(exchanges);
    expect(exchanges).toMatchObject([
      { method: 'POST', status: 200, answer: expect.stringContaining('"description":"CI"') },
    ]);
    expect(exchanges[0]?.sent).toContainEqual(['description', 'CI']);
    const main = practice.token('virtuozzo', 'getuserinfo').secret;
    for (const secret of [secretOf(token), main, authority().password ?? '-']) {
      expect(shown).not.toContain(secret);
    }
  });
});

describe('at airfocus, which deletes keys one by one', () => {
  const readers = ['team:read'];
  const make = (appId: string, name: string) =>
    tessera.remoteTokens.create(appId, wish(name, readers), authority(null), SIGNAL);

  test('the key that it is asked by goes last', async () => {
    const appId = appWith('airfocus', 'manage API keys');
    await make(appId, 'a');
    await tessera.remoteTokens.compare(appId, authority(null), SIGNAL);
    const [main, other] = tessera.tokens.list(appId).toSorted((a, b) => b.name.localeCompare(a.name));
    const ids = [main?.id ?? '', other?.id ?? ''];
    expect(await tessera.remoteTokens.revoke(appId, ids, authority(null), SIGNAL)).toHaveLength(2);
    expect(tessera.tokens.list(appId)).toEqual([]);
  });

  test('a key that it refuses to delete stays in the vault, and those before it are gone from both', async () => {
    const appId = appWith('airfocus', 'manage API keys');
    const { token: first } = await make(appId, 'a');
    const { token: second } = await make(appId, 'b');
    await practice.control(`tokens/airfocus/${second.remoteId}/revoke`);
    const revoking = tessera.remoteTokens.revoke(appId, [first.id, second.id], authority(null), SIGNAL);
    await expect(revoking).rejects.toMatchObject({ code: 'PROVIDER_REFUSED' });
    expect(tessera.tokens.list(appId).map(({ name }) => name)).toEqual(['b', 'main']);
  });
});

test('names that a provider gives its tokens bring out no secret of the app', async () => {
  const board = await HttpRecorder.start();
  const { id: appId } = tessera.apps.create({ name: 'Board', provider: 'airfocus', baseUrl: board.url });
  const secret = 'the-secret-of-the-app';
  tessera.tokens.add(appId, { name: 'main', scheme: 'bearer', secret });
  board.answer = (_request, response) =>
    response.end(JSON.stringify([{ id: 'a', name: `echo ${secret}`, scopes: [secret] }]));
  const { others } = await tessera.remoteTokens.compare(appId, authority(null), SIGNAL);
  board.close();
  expect(others).toMatchObject([{ name: 'echo ••••', scopes: ['••••'] }]);
});

test('an answer that is shown shortened ends with no half of the value that it gave', async () => {
  const board = await HttpRecorder.start();
  const { id: appId } = tessera.apps.create({ name: 'Board', provider: 'airfocus', baseUrl: board.url });
  tessera.tokens.add(appId, { name: 'main', scheme: 'bearer', secret: 'the-secret-of-the-app' });
  tessera.apps.update(appId, { defaultToken: 'main' });
  const secret = 'the-new-value-0123456789';
  const note = `${'-'.repeat(19_980)}${secret}`;
  board.answer = (_request, response) =>
    response.end(JSON.stringify({ note, apiKey: { id: 'a', name: 'CI' }, secret }));
  const { exchanges } = await tessera.remoteTokens.create(appId, wish('CI', []), authority(null), SIGNAL);
  board.close();
  expect(exchanges[0]?.answer).toContain('---••••');
  expect(exchanges[0]?.answer).not.toContain(secret.slice(0, 6));
});

test('a token of GitLab rotates and revokes itself, by itself', async () => {
  const gitlab = await HttpRecorder.start();
  const { id: appId } = tessera.apps.create({ name: 'Code', provider: 'gitlab', baseUrl: gitlab.url });
  const secret = 'glpat-the-value-before';
  tessera.tokens.add(appId, {
    name: 'other',
    scheme: 'header',
    field: 'PRIVATE-TOKEN',
    secret: 'x'.repeat(20),
  });
  const { id } = tessera.tokens.add(appId, { name: 'CI', scheme: 'header', field: 'PRIVATE-TOKEN', secret });
  gitlab.answer = (_request, response) =>
    response.end('{"id":8,"name":"CI","token":"glpat-the-value-after","expires_at":"2030-01-31"}');
  const { token } = await tessera.remoteTokens.regenerate({ appId, tokenId: id }, authority(null), SIGNAL);
  expect(token).toMatchObject({ id, remoteId: '8', expiresAt: '2030-01-31T00:00:00.000Z' });
  gitlab.answer = (_request, response) => response.writeHead(204).end();
  await tessera.remoteTokens.revoke(appId, [id], authority(null), SIGNAL);
  gitlab.close();
  expect(gitlab.requests.map(({ method, headers }) => [method, headers['private-token']])).toEqual([
    ['POST', secret],
    ['DELETE', 'glpat-the-value-after'],
  ]);
  expect(tessera.tokens.list(appId).map(({ name }) => name)).toEqual(['other']);
});

describe('a provider', () => {
  test('without such an API says where it is done instead', async () => {
    const { id } = tessera.apps.create({ name: 'Phone', provider: 'sipgate' });
    await expect(tessera.remoteTokens.create(id, wish('x'), authority(null), SIGNAL)).rejects.toMatchObject({
      code: 'PROVIDER_CANNOT',
      message: expect.stringContaining('https://app.sipgate.com/personal-access-token'),
    });
  });

  test('is not asked where nobody says by which token', async () => {
    const { id } = tessera.apps.create({
      name: 'Cloud',
      provider: 'virtuozzo',
      baseUrl: practice.server.url,
    });
    await expect(tessera.remoteTokens.compare(id, authority(null), SIGNAL)).rejects.toMatchObject({
      code: 'TOKEN_NOT_FOUND',
      details: { path: 'by' },
    });
  });
});
