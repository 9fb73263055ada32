import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { PracticeApi } from '../support/practice-api.ts';
import { practiceHome, shortToken } from '../support/practice-home.ts';
import { tessera, tesseraJson } from '../support/run-command.ts';
import type { TemporaryHome } from '../support/temporary-vault.ts';

/** What each provider answers, as its documents say, and what a user should read of it. */
interface Walk {
  readonly provider: ProviderId;
  readonly identity: string;
  /** What a wrong or an expired token is told. */
  readonly refusal: RegExp;
  /** What the limited token may not ask for. */
  readonly beyondIts: { readonly path: string; readonly status: number; readonly hint: RegExp };
}

const WALKS: readonly Walk[] = [
  {
    provider: 'sipgate',
    identity: 'Practice Company (TEAM)',
    refusal: /Token ID or token are wrong/,
    beyondIts: { path: '/account', status: 403, hint: /Give it the scope that this endpoint needs/ },
  },
  {
    provider: 'virtuozzo',
    identity: 'Practice User (practice@practice.example)',
    refusal: /result 3, although the status is 200/,
    beyondIts: {
      path: '/users/account/rest/getuserinfo',
      status: 200,
      hint: /result 8202, although the status is 200\. The token may not call this method/,
    },
  },
  {
    provider: 'portsip',
    identity: 'practice (Admin)',
    refusal: /The access token is wrong or its time is over/,
    beyondIts: { path: '/users', status: 403, hint: /Check the role of the user/ },
  },
  {
    provider: 'airfocus',
    identity: 'Practice User (practice@practice.example)',
    refusal: /airfocus does not know this token/,
    beyondIts: { path: '/api/profile', status: 403, hint: /a scope, permission, role or feature is missing/ },
  },
];

let home: TemporaryHome;
let practice: PracticeApi;

beforeAll(async () => {
  practice = await PracticeApi.start();
  home = await practiceHome(practice);
});
afterEach(() => practice.control('reset'));
afterAll(async () => {
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

describe.each(WALKS)('by command, at $provider', ({ provider, identity, refusal, beyondIts }) => {
  const check = (name: string) =>
    tesseraJson(['token', 'check', name, '--app', provider], { home: home.path });
  const send = (path: string, token: string) =>
    tessera(['send', path, '--app', provider, '--token', token], { home: home.path });

  it('accepts a token that works, and says whose it is', async () => {
    expect(await check('good')).toMatchObject({ code: 0, value: [{ outcome: 'accepted', identity }] });
  });

  it('refuses one that is wrong, with what to do', async () => {
    expect(await check('wrong')).toMatchObject({
      code: 1,
      value: [{ outcome: 'refused', message: expect.stringMatching(refusal) }],
    });
  });

  it('refuses one whose time is over', async () => {
    const { scheme, field, tokenId, secret } = await shortToken(practice, provider, 600);
    const named = [...(tokenId ? ['--token-id', tokenId] : []), ...(field ? ['--field', field] : [])];
    const add = ['token', 'add', 'short', '--app', provider, '--scheme', scheme, ...named, '--secret-stdin'];
    expect(await tessera(add, { home: home.path, input: secret })).toMatchObject({ code: 0 });
    expect(await check('short')).toMatchObject({ code: 0, value: [{ outcome: 'accepted' }] });
    await practice.advance(700);
    expect(await check('short')).toMatchObject({
      code: 1,
      value: [{ outcome: 'refused', message: expect.stringMatching(refusal) }],
    });
  });

  it('explains what a token may not do', async () => {
    const { stdout, stderr } = await send(beyondIts.path, 'limited');
    expect(stdout).toMatch(new RegExp(`^Status: ${beyondIts.status} `));
    expect(stderr).toMatch(beyondIts.hint);
  });

  it('says that there were too many requests, and leaves open whether the token works', async () => {
    await practice.control(`limits?${provider}=1`);
    expect(await check('good')).toMatchObject({ value: [{ outcome: 'accepted' }] });
    expect(await check('good')).toMatchObject({
      code: 5,
      value: [{ outcome: 'unclear', message: expect.stringMatching(/429|requests in a minute/) }],
    });
  });
});

describe('by command, the hints of sipgate', () => {
  it.each([
    ['a wrong endpoint', 'GET', '/acount', 404, /This endpoint does not exist/],
    ['a wrong method', 'DELETE', '/account', 405, /not with this method/],
  ] as const)('explain %s', async (_what, method, path, status, hint) => {
    const args = ['send', method, path, '--app', 'sipgate', '--token', 'good'];
    const { stdout, stderr } = await tessera(args, { home: home.path });
    expect(stdout).toMatch(new RegExp(`^Status: ${status} `));
    expect(stderr).toMatch(hint);
  });
});

it('shows how many requests airfocus still takes', async () => {
  const args = ['send', '/api/profile', '--app', 'airfocus', '--token', 'good'];
  const { value } = await tesseraJson(args, { home: home.path });
  const { headers } = value as { headers: [string, string][] };
  const limits = headers.filter(([name]) => /^x-ratelimit-/i.test(name));
  expect(limits.map(([name]) => name.toLowerCase())).toEqual([
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
  ]);
});
