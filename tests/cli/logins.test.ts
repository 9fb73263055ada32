import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PracticeApi } from '../support/practice-api.ts';
import { TemporaryFolder, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

let practice: PracticeApi;
const home = new TemporaryHome();
const folder = new TemporaryFolder();
const run = (args: readonly string[], input = '') => tessera(args, { home: home.path, input });
const runJson = (args: readonly string[], input = '') => tesseraJson(args, { home: home.path, input });

beforeAll(async () => {
  practice = await PracticeApi.start();
  const { url } = practice.server;
  const { vault, apps } = await home.create();
  apps.create({ name: 'Phone', provider: 'portsip', baseUrl: `${url}/portsip/api` });
  apps.create({ name: 'Data', baseUrl: `${url}/oauth` });
  vault.close();
});
afterAll(async () => {
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const passwordOf = (username: string) => practice.login('portsip', username).password;
const inPhone = ['--app', 'Phone'] as const;

describe('a login by command', () => {
  it('is kept, signs in when a request is sent, and is renewed by name', async () => {
    const add = ['token', 'add', 'main', ...inPhone, '--scheme', 'login', '--username', 'practice'];
    const added = await runJson([...add, '--password-stdin'], passwordOf('practice'));
    expect(added.value).toMatchObject({ scheme: 'login', state: 'renews', connectedAt: null });
    const sent = await runJson(['send', 'GET', '/auth/user', ...inPhone, '--token', 'main']);
    expect(sent.value).toMatchObject({ status: 200 });
    const refreshed = await runJson(['token', 'refresh', 'main', ...inPhone]);
    expect(refreshed.value).toMatchObject({ state: 'renews', isRenewable: true });
    expect(await practice.timesCalled('POST /portsip/api/auth/refresh_token')).toBe(1);
    const output = JSON.stringify([added, sent, refreshed]);
    expect(output).not.toContain(passwordOf('practice'));
  });

  it('asks for a code, and goes on with it in another process', async () => {
    const { code = '', password } = practice.login('portsip', 'practice-two-factor');
    const add = ['token', 'add', 'two', ...inPhone, '--scheme', 'login', '--login', 'portsip-22.2'];
    await run([...add, '--username', 'practice-two-factor', '--password-stdin'], password);
    const first = await runJson(['token', 'login', 'two', ...inPhone]);
    expect(first).toMatchObject({ code: 4, value: { error: { code: 'TWO_FACTOR_NEEDED' } } });
    const second = await runJson(['token', 'login', 'two', ...inPhone, '--code', code]);
    expect(second).toMatchObject({ code: 0, value: { state: 'renews' } });
  });

  it('takes a password that is not kept, each time', async () => {
    const add = ['token', 'add', 'asked', ...inPhone, '--scheme', 'login', '--username', 'practice'];
    await run([...add, '--ask-password']);
    const without = await runJson(['token', 'login', 'asked', ...inPhone]);
    expect(without).toMatchObject({ code: 4, value: { error: { code: 'LOGIN_NEEDED' } } });
    const given = ['token', 'login', 'asked', ...inPhone, '--password-stdin'];
    expect((await run(given, `${passwordOf('practice')}\n`)).code).toBe(0);
    expect((await run(given, 'wrong')).stderr).toContain('LOGIN_FAILED');
  });

  it('ends by logout, and a request says that a sign-in is needed', async () => {
    const out = await runJson(['token', 'logout', 'main', ...inPhone]);
    expect(out).toMatchObject({ code: 0, value: { state: 'needs-sign-in' }, stderr: '' });
    const sent = await runJson(['send', 'GET', '/auth/user', ...inPhone, '--token', 'main']);
    expect(sent).toMatchObject({ code: 4, value: { error: { code: 'LOGIN_NEEDED' } } });
  });

  it('is described in a file where the provider is not known', async () => {
    const file = join(folder.path, 'login.json');
    const description = {
      signIn: {
        url: '/auth/sign_in',
        body: { kind: 'json', text: '{"username":"{{username}}","password":"{{password}}"}' },
      },
      answer: { accessToken: 'access_token', expiresIn: 'expires_in' },
    };
    writeFileSync(file, JSON.stringify(description));
    const add = ['token', 'add', 'own', ...inPhone, '--scheme', 'login', '--login', file];
    await run([...add, '--username', 'practice', '--password-stdin'], passwordOf('practice'));
    expect((await run(['token', 'login', 'own', ...inPhone])).code).toBe(0);
    writeFileSync(file, JSON.stringify({ ...description, answer: { accessToken: 'a b' } }));
    const refused = await run([...add, '--username', 'practice', '--password-stdin'], 'x');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('access_token');
  });

  it('gives a program an access token that works', async () => {
    const script = `fetch(process.argv[1], { headers: { authorization: 'Bearer ' + process.env.TOKEN } })
      .then((answer) => console.log(answer.status))`;
    const set = ['exec', ...inPhone, '--set', 'TOKEN=own', '--'];
    const url = `${practice.server.url}/portsip/api/auth/user`;
    const { stdout, code } = await run([...set, process.execPath, '-e', script, url]);
    expect({ stdout, code }).toEqual({ stdout: '200\n', code: 0 });
  });

  it('refuses a password as an argument', async () => {
    const add = ['token', 'add', 'bad', ...inPhone, '--scheme', 'login', '--password', 'hunter2'];
    const { code, stderr } = await run(add);
    expect(code).toBe(2);
    expect(stderr).not.toContain('hunter2');
  });

  it('is nothing for a token that is kept as it is', async () => {
    await run(['token', 'add', 'kept', ...inPhone, '--scheme', 'bearer', '--secret-stdin'], 'a-bearer-token');
    expect(await runJson(['token', 'login', 'kept', ...inPhone])).toMatchObject({
      code: 2,
      value: { error: { code: 'INVALID_INPUT' } },
    });
  });
});

describe('OAuth by command', () => {
  it('gets a token as a client, when a request is sent', async () => {
    const client = practice.server.oauth.find(({ clientId }) => clientId === 'practice-service');
    const add = [
      'token',
      'add',
      'bot',
      '--app',
      'Data',
      '--scheme',
      'oauth2',
      '--grant',
      'client-credentials',
    ];
    const options = ['--issuer', client?.issuer ?? '', '--client-id', 'practice-service', '--secret-stdin'];
    const added = await runJson([...add, ...options, '--scope', 'account:read'], client?.clientSecret);
    expect(added.value).toMatchObject({ scheme: 'oauth2', state: 'renews' });
    const sent = await runJson(['send', 'GET', '/resource', '--app', 'Data', '--token', 'bot']);
    expect(sent.value).toMatchObject({ status: 200 });
  });

  it('shows where to sign in, and ends with Ctrl+C', async () => {
    const client = practice.server.oauth.find(({ clientId }) => clientId === 'practice-desktop');
    const add = [
      'token',
      'add',
      'me',
      '--app',
      'Data',
      '--scheme',
      'oauth2',
      '--grant',
      'authorization-code',
    ];
    const options = [
      '--issuer',
      client?.issuer ?? '',
      '--client-id',
      'practice-desktop',
      '--client-auth',
      'none',
    ];
    expect((await run([...add, ...options])).code).toBe(0);
    const login = await tessera(['token', 'login', 'me', '--app', 'Data'], {
      home: home.path,
      onStart: (child) =>
        child.stderr?.on('data', (text: Buffer) => {
          if (text.includes('/oauth/authorize')) child.kill('SIGINT');
        }),
    });
    expect(login.code).toBe(130);
    expect(login.stderr).toMatch(/Sign in at: http:\/\/127\.0\.0\.1:\d+\/oauth\/authorize\?/);
  });
});
