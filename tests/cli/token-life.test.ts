import { beforeEach, describe, expect, it } from 'vitest';
import { SECRET, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const NEXT = 'N3xt-0f-the-te5ts-9f86d081884c';

let home: TemporaryHome;
const run = (args: readonly string[], input = '') => tessera(args, { home: home.path, input });
const runJson = (args: readonly string[], input = '') => tesseraJson(args, { home: home.path, input });
const phone = ['--app', 'Phone'] as const;

beforeEach(async () => {
  home = new TemporaryHome();
  const { vault, apps, tokens } = await home.create();
  const { id } = apps.create({ name: 'Phone', provider: 'airfocus', baseUrl: 'http://127.0.0.1:1' });
  for (const name of ['main', 'second', 'third']) {
    tokens.add(id, { name, scheme: 'bearer', secret: name === 'second' ? NEXT : SECRET, scopes: ['team'] });
  }
  vault.close();
  return () => home[Symbol.dispose]();
});

/** Names, and the secret of each, as they are in the vault. */
async function kept(): Promise<Record<string, string>> {
  const { vault, tokens } = await home.unlock();
  try {
    return Object.fromEntries(
      tokens
        .list(null)
        .map(({ name, appId, id }) => [name, tokens.secrets.open({ appId, tokenId: id }).toString()]),
    );
  } finally {
    vault.close();
  }
}

describe('token edit', () => {
  it('changes what it is told to, and answers the token', async () => {
    const { code, value } = await runJson([
      ...['token', 'edit', 'main', ...phone, '--name', 'first', '--expires', '31-01-2099'],
      ...['--scope', 'profile:read', '--acts-as', 'bot', '--note', 'for CI', '--provider', 'sipgate'],
    ]);
    expect(code).toBe(0);
    expect(value).toMatchObject({
      name: 'first',
      scopes: ['profile:read'],
      actsAs: 'bot',
      notes: 'for CI',
      provider: 'sipgate',
      state: 'valid',
    });
    expect(await kept()).toHaveProperty('first', SECRET);
  });

  it('takes an expiry and all scopes away', async () => {
    await run(['token', 'edit', 'main', ...phone, '--expires', '2099-01-31']);
    const { value } = await runJson(['token', 'edit', 'main', ...phone, '--expires', 'never', '--no-scopes']);
    expect(value).toMatchObject({ expiresAt: null, scopes: [], state: 'never-expires' });
  });

  it('says that nobody knows when it expires', async () => {
    const { value } = await runJson(['token', 'edit', 'main', ...phone, '--expires', 'unknown']);
    expect(value).toMatchObject({ expiresAt: null, isExpiryKnown: false, state: 'unknown' });
    const { value: dated } = await runJson(['token', 'edit', 'main', ...phone, '--expires', '2099-01-31']);
    expect(dated).toMatchObject({ isExpiryKnown: true, state: 'valid' });
  });

  it('warns of a scope that the provider does not list, and keeps it', async () => {
    const { code, stderr } = await run(['token', 'edit', 'main', ...phone, '--scope', 'taem']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: airfocus has no scope taem/);
  });

  it('keeps HTML in a name as text', async () => {
    const { value } = await runJson(['token', 'edit', 'main', ...phone, '--name', '<b onclick=x>main</b>']);
    expect(value).toMatchObject({ name: '<b onclick=x>main</b>' });
  });

  it.each([
    [
      'an app that is not there',
      ['main', '--app', 'Fax', '--note', 'x'],
      'APP_NOT_FOUND',
      /no app named "Fax"/,
    ],
    ['a token that is not there', ['fourth', ...phone, '--note', 'x'], 'TOKEN_NOT_FOUND', /no token named/],
    ['a name that is taken', ['main', ...phone, '--name', 'SECOND'], 'NAME_TAKEN', /"SECOND" already/],
    ['a very long name', ['main', ...phone, '--name', 'x'.repeat(100_000)], 'INVALID_INPUT', /at most 100/],
    ['a date in the past', ['main', ...phone, '--expires', '2020-01-31'], 'INVALID_INPUT', /in the past/],
    ['a date that is none', ['main', ...phone, '--expires', '31-02-2099'], 'INVALID_INPUT', /not a date/],
    ['someone who is nobody', ['main', ...phone, '--acts-as', 'cat'], 'INVALID_INPUT', /person or bot/],
    [
      'a provider that is none',
      ['main', ...phone, '--provider', 'acme'],
      'INVALID_INPUT',
      /a provider is one of/,
    ],
    ['nothing to do', ['main', ...phone], 'INVALID_INPUT', /Nothing to change/],
  ])('refuses %s', async (_what, args, code, sentence) => {
    const { code: exit, value } = await runJson(['token', 'edit', ...args]);
    expect(exit).toBe(2);
    expect(value).toEqual({
      error: expect.objectContaining({ code, message: expect.stringMatching(sentence) }),
    });
  });
});

describe('token rotate', () => {
  it('puts the new secret in its place, and keeps the one before as retired', async () => {
    const { code, value } = await runJson(
      ['token', 'rotate', 'main', ...phone, '--secret-stdin', '--overlap', '3', '--expires', '2099-01-31'],
      `${NEXT}-2\n`,
    );
    expect(code).toBe(0);
    expect(value).toMatchObject({
      name: 'main',
      state: 'valid',
      rotatedAt: expect.any(String),
      retired: { name: 'main (retired)', state: 'retired' },
    });
    expect(await kept()).toMatchObject({ main: `${NEXT}-2`, 'main (retired)': SECRET });
  });

  it('keeps nothing of the one before with an overlap of 0', async () => {
    const rotate = ['token', 'rotate', 'main', ...phone, '--secret-stdin', '--overlap', '0'];
    expect((await run(rotate, NEXT)).stdout).toMatch(/The value before is gone; revoke it/);
    expect(Object.keys(await kept())).toEqual(['main', 'second', 'third']);
  });

  it.each([
    ['an overlap that is none', ['--overlap', 'long'], NEXT, /an overlap is a whole number of days/],
    ['an overlap of a year', ['--overlap', '365'], NEXT, /from 0 to 90/],
    ['no secret', [], '', /secret is empty/],
    ['the secret that it has', [], SECRET, /has already/],
    ['a secret as an argument', ['--secret', 'x'], '', /never given as an argument/],
  ])('refuses %s', async (_what, options, input, sentence) => {
    const { code, stderr } = await run(
      ['token', 'rotate', 'main', ...phone, '--secret-stdin', ...options],
      input,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(await kept()).toHaveProperty('main', SECRET);
  });
});

describe('token copy', () => {
  it('keeps a new token with the parameters of another', async () => {
    const { value } = await runJson(['token', 'copy', 'main', 'fourth', ...phone, '--secret-stdin'], NEXT);
    expect(value).toMatchObject({ name: 'fourth', scheme: 'bearer', scopes: ['team'] });
    expect(await kept()).toMatchObject({ main: SECRET, fourth: NEXT });
  });
});

describe('token reveal', () => {
  it('writes the secret, and nothing else', async () => {
    expect(await run(['token', 'reveal', 'second', ...phone])).toEqual({
      code: 0,
      stdout: `${NEXT}\n`,
      stderr: '',
    });
    const { value } = await runJson(['token', 'reveal', 'second', ...phone]);
    expect(value).toMatchObject({ name: 'second', secret: NEXT });
  });

  it('does not show another app’s token', async () => {
    const { vault, apps } = await home.unlock();
    apps.create({ name: 'Billing' });
    vault.close();
    const { code, stderr } = await run(['token', 'reveal', 'second', '--app', 'Billing']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^TOKEN_OF_OTHER_APP: /);
  });
});

describe('token mark', () => {
  it('keeps a token from being sent, until it is told that this was a mistake', async () => {
    const { value } = await runJson(['token', 'mark', 'main', ...phone, '--compromised']);
    expect(value).toMatchObject({ state: 'compromised' });
    const send = ['send', 'GET', '/', ...phone, '--token', 'main'];
    expect(await run(send)).toMatchObject({ code: 4, stderr: expect.stringMatching(/^TOKEN_COMPROMISED: /) });
    expect((await run([...send, '--send-compromised'])).code).toBe(5);
    await run(['token', 'mark', 'main', ...phone, '--not-compromised']);
    expect((await run(send)).code).toBe(5);
  });

  it('wants to know which of the two', async () => {
    expect((await run(['token', 'mark', 'main', ...phone])).code).toBe(2);
  });
});

describe('token remove', () => {
  it('takes several, or none where one is not there', async () => {
    expect((await run(['token', 'remove', 'main', 'fourth', ...phone])).code).toBe(2);
    expect(Object.keys(await kept())).toHaveLength(3);
    const { value } = await runJson(['token', 'remove', 'main', 'third', ...phone]);
    expect(value).toEqual({ removed: [expect.any(String), expect.any(String)], defaultOf: [] });
    expect(Object.keys(await kept())).toEqual(['second']);
  });

  it('takes what was made the default of its app by app edit', async () => {
    const edit = (token: string) => runJson(['app', 'edit', 'Phone', '--default-token', token]);
    expect((await edit('MAIN')).value).toMatchObject({ defaultToken: 'main' });
    expect((await run(['app', 'show', 'Phone'])).stdout).toMatch(/^ {2}default token +main$/m);
    expect(await edit('nobody')).toMatchObject({
      code: 2,
      value: { error: { code: 'TOKEN_NOT_FOUND', message: expect.stringMatching(/named "nobody"/) } },
    });
    await run(['token', 'remove', 'main', ...phone]);
    expect((await runJson(['app', 'show', 'Phone'])).value).toMatchObject({ defaultToken: null });
    await edit('second');
    expect((await edit('none')).value).toMatchObject({ defaultToken: null });
  });

  it('says whose default token it was, and what requests use now', async () => {
    const { vault, apps } = await home.unlock();
    apps.update(apps.find('Phone').id, { defaultToken: 'main' });
    vault.close();
    const { value, stderr } = await runJson(['token', 'remove', 'main', 'third', ...phone]);
    expect(value).toMatchObject({ defaultOf: ['Phone'] });
    expect(stderr).toMatch(
      /^Warning: Phone loses its default token, main: requests that name no token use second, its only one\.$/m,
    );
    const after = await home.unlock();
    expect(after.apps.find('Phone').defaultToken).toBeNull();
    after.vault.close();
  });
});
