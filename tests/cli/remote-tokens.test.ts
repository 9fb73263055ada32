import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { PracticeApi } from '../support/practice-api.ts';
import { tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

let home: TemporaryHome;
let practice: PracticeApi;
let password: string;

beforeEach(async () => {
  practice = await PracticeApi.start();
  password = practice.server.logins.find(({ provider }) => provider === 'virtuozzo')?.password ?? '';
  home = new TemporaryHome();
  const { vault, apps, tokens } = await home.create();
  const add = (name: string, provider: ProviderId, note: string) => {
    const { baseUrl, field = null, secret } = practice.token(provider, note);
    const { id } = apps.create({ name, provider, baseUrl });
    tokens.add(id, { name: 'main', scheme: field === null ? 'bearer' : 'query', field, secret });
    apps.update(id, { defaultToken: 'main' });
  };
  add('Cloud', 'virtuozzo', 'getuserinfo');
  add('Board', 'airfocus', 'manage API keys');
  add('Reader', 'airfocus', 'team:read only');
  vault.close();
});

afterEach(async () => {
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const env = () => ({ TESSERA_ACCOUNT_PASSWORD: password });
const remote = (...args: string[]) =>
  tesseraJson(['token', 'remote', ...args], { home: home.path, env: env() });

/** No output may hold what the provider has just given out. */
async function secretOf(name: string, app: string): Promise<string> {
  const { stdout } = await tessera(['token', 'reveal', name, '--app', app], { home: home.path });
  return stdout.trim();
}

describe('token remote, at Virtuozzo', () => {
  it('makes, changes, regenerates and revokes a token', async () => {
    const scope = ['--scope', 'environment.control.StopEnv'];
    const made = await remote('create', 'ci', '--app', 'Cloud', ...scope, '--expires', '31-01-2099');
    expect(made).toMatchObject({ code: 0, value: { name: 'ci', scheme: 'query', state: 'valid' } });
    const first = await secretOf('ci', 'Cloud');
    expect(JSON.stringify(made)).not.toContain(first);

    const edited = await remote('edit', 'ci', '--app', 'Cloud', '--name', 'nightly', '--expires', 'never');
    expect(edited).toMatchObject({
      code: 0,
      value: { name: 'nightly', scopes: ['environment.control.StopEnv'] },
    });

    const regenerated = await remote('regenerate', 'nightly', '--app', 'Cloud');
    expect(regenerated.code).toBe(0);
    const second = await secretOf('nightly', 'Cloud');
    expect(second).not.toBe(first);
    const { status, body } = await resultOf(second);
    expect([status, body.result]).toEqual([200, 0]);

    expect(await remote('revoke', 'nightly', '--app', 'Cloud')).toMatchObject({ code: 0 });
    expect((await resultOf(second)).body.result).toBe(3);
  });

  it('takes the password from standard input', async () => {
    const args = ['token', 'remote', 'create', 'ci', '--app', 'Cloud', '--password-stdin'];
    const { code, stdout } = await tessera(args, { home: home.path, input: `${password}\n` });
    expect(code).toBe(0);
    expect(stdout).toBe('Made ci at the provider, and kept it for Cloud.\n');
  });

  it('says that the password is wrong, and exits with 1', async () => {
    const args = ['token', 'remote', 'create', 'ci', '--app', 'Cloud'];
    const { code, value } = await tesseraJson(args, {
      home: home.path,
      env: { TESSERA_ACCOUNT_PASSWORD: 'wrong' },
    });
    expect(code).toBe(1);
    expect(value).toMatchObject({
      error: { code: 'PROVIDER_REFUSED', message: expect.stringContaining('Check user name and password') },
    });
  });

  async function resultOf(session: string) {
    const answer = await practice.call(
      `/1.0/environment/control/rest/stopenv?envName=practice-env&session=${session}`,
    );
    return { status: answer.status, body: (await answer.json()) as { result: number } };
  }
});

describe('token remote, at airfocus', () => {
  it('makes, lists and deletes a key', async () => {
    const made = await remote('create', 'ci', '--app', 'Board', '--scope', 'team:read');
    expect(made).toMatchObject({ code: 0, value: { name: 'ci', scopes: ['team:read'], scheme: 'bearer' } });
    const { value } = await remote('list', '--app', 'Board');
    expect(value).toMatchObject({
      missing: [],
      others: expect.arrayContaining([expect.objectContaining({ name: 'bot' })]),
    });
    const secret = await secretOf('ci', 'Board');
    expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(200);
    expect(await remote('revoke', 'ci', '--app', 'Board')).toMatchObject({ code: 0 });
    expect((await practice.bearer('/airfocus/api/team', secret)).status).toBe(401);
  });

  it('leaves the app without a default token where that is revoked, and says so', async () => {
    await remote('create', 'ci', '--app', 'Board', '--scope', 'team:read');
    const { vault, apps } = await home.unlock();
    apps.update(apps.find('Board').id, { defaultToken: 'ci' });
    vault.close();
    const { code, value, stderr } = await remote('revoke', 'ci', '--app', 'Board', '--by', 'main');
    expect([code, value]).toEqual([0, expect.objectContaining({ defaultOf: ['Board'] })]);
    expect(stderr).toMatch(/^Warning: Board loses its default token, ci: .* use main, its only one\.$/m);
    const after = await home.unlock();
    expect(after.apps.find('Board').defaultToken).toBeNull();
    after.vault.close();
  });

  it('cannot edit or regenerate, and says where it is done', async () => {
    const { code, value } = await remote('regenerate', 'main', '--app', 'Board');
    expect(code).toBe(2);
    expect(value).toMatchObject({
      error: { code: 'PROVIDER_CANNOT', message: expect.stringContaining('https://app.airfocus.com') },
    });
  });

  it('explains a scope that is missing', async () => {
    const { code, value } = await remote('create', 'ci', '--app', 'Reader', '--scope', 'team:read');
    expect(code).toBe(1);
    expect(value).toMatchObject({ error: { message: expect.stringContaining('scope') } });
  });

  it('explains a rate limit', async () => {
    await practice.control('limits?airfocus=1');
    await practice.bearer('/airfocus/api/team', practice.token('airfocus', 'manage API keys').secret);
    const { code, value } = await remote('list', '--app', 'Board');
    expect(code).toBe(1);
    expect(value).toMatchObject({ error: { message: expect.stringContaining('X-RateLimit-Reset') } });
  });
});

it('names no token of another app', async () => {
  const { code, value } = await remote('list', '--app', 'Board', '--by', 'nobody');
  expect(code).toBe(2);
  expect(value).toMatchObject({ error: { code: 'TOKEN_NOT_FOUND' } });
});
