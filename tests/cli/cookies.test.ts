import { expect, test } from 'vitest';
import { LoopbackServer } from '../support/loopback-server.ts';
import { homeWithToken, SECRET, tessera, tesseraJson } from '../support/run-command.ts';

/** Sets a cookie at /login, and says elsewhere whether it came. Its value is in no output: `tessera` looks. */
const server = () =>
  LoopbackServer.start((request, response) => {
    if (request.url === '/login') response.setHeader('Set-Cookie', `session=${SECRET}; Path=/; HttpOnly`);
    response.end(request.headers.cookie === `session=${SECRET}` ? 'welcome back' : 'who are you?');
  });

test('a cookie is kept from one send to the next, and left out when told to', async () => {
  await using api = await server();
  using home = await homeWithToken(api.url);
  const send = (...args: string[]) =>
    tessera(['send', '/login', '--app', 'Phone', '--no-token', ...args], { home: home.path });
  expect((await send()).stdout).toContain('who are you?');
  expect((await send()).stdout).toContain('welcome back');
  expect((await send('--no-cookies')).stdout).toContain('who are you?');
});

test('cookies are listed without values, set, removed and cleared', async () => {
  using home = await homeWithToken('https://api.example.com');
  const cookie = (...args: string[]) =>
    tesseraJson(['cookie', ...args, '--app', 'Phone'], { home: home.path, input: `${SECRET}\n` });
  const set = await cookie(
    'set',
    'session',
    '--domain',
    'api.example.com',
    '--secure',
    '--expires',
    '2099-01-31',
  );
  expect(set).toMatchObject({ code: 0, value: { name: 'session', secure: true } });
  await cookie('set', 'other', '--domain', 'example.com', '--subdomains');
  expect(await cookie('list')).toMatchObject({
    value: [
      { name: 'session', domain: 'api.example.com', path: '/', hostOnly: true },
      { name: 'other', domain: 'example.com', hostOnly: false },
    ],
  });
  const { value } = await cookie('list', '--domain', 'api.example.com');
  expect(value).toEqual([expect.not.objectContaining({ value: expect.anything() })]);
  expect(await cookie('remove', 'session')).toMatchObject({ code: 0 });
  expect(await cookie('remove', 'session')).toMatchObject({
    code: 2,
    value: { error: { code: 'COOKIE_NOT_FOUND' } },
  });
  expect(await cookie('clear')).toMatchObject({ value: { removed: 1 } });
});

test('the value of a cookie is shown to its owner alone', async () => {
  using home = await homeWithToken('https://api.example.com');
  const options = { home: home.path };
  await tessera(['cookie', 'set', 'theme', '--app', 'Phone', '--domain', 'api.example.com'], {
    ...options,
    input: 'dark',
  });
  const { value } = await tesseraJson(['cookie', 'list', '--app', 'Phone', '--reveal'], options);
  expect(value).toMatchObject([{ name: 'theme', value: 'dark' }]);
});
