import { describe, expect, it } from 'vitest';
import { providerOf } from '../../../core/providers/providers.ts';
import { type CheckContext, type CheckFound, checkTokens } from '../../../core/tokens/check-tokens.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { Request } from '../../../shared/requests/request.ts';
import type { Token } from '../../../shared/tokens/token.ts';
import { makeApp, makeToken } from '../../support/sending.ts';
import { spoolOf } from '../../support/spool-of.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const CLAIMS = {
  expiresAt: '2027-01-01T00:00:00.000Z',
  issuedAt: null,
  notBefore: null,
  scopes: ['from:jwt'],
};

interface Said {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What goes before `send` in the pipeline is tested with it: here each answer is at hand. */
async function checkBy(
  answers: Readonly<Record<string, Said | AppError>> | Said,
  {
    tokens = [makeToken({ scheme: 'bearer' })],
    ...changes
  }: Partial<CheckContext> & {
    tokens?: readonly Token[];
  } = {},
) {
  const asked: string[] = [];
  const spools: ReturnType<typeof spoolOf>[] = [];
  const kept: (readonly CheckFound[])[] = [];
  const send = ({ url }: Request) => {
    asked.push(url);
    const said =
      url in answers ? (answers as Readonly<Record<string, Said | AppError>>)[url] : (answers as Said);
    if (said instanceof AppError) return Promise.reject(said);
    const { status = 200, headers = [], body = '{"login":"ada"}', failure = null } = said ?? {};
    const spool = spoolOf(Buffer.from(body));
    spools.push(spool);
    const response = { status, statusText: 'Said', headers, hint: undefined, failure };
    return Promise.resolve({ response, body: spool, originals: null } as never);
  };
  const summary = await checkTokens(tokens, {
    app: makeApp({ provider: 'github' }),
    providerOf,
    send,
    introspect: () => Promise.resolve(null),
    redact: (text) => text.replaceAll('the-secret', '••••'),
    claims: () => null,
    keep: (found) => {
      kept.push(found);
      return true;
    },
    now: () => NOW,
    replacesTyped: false,
    signal: new AbortController().signal,
    onResult: () => undefined,
    ...changes,
  });
  const changesOfOne = () => {
    const [found] = kept.flat();
    if (found === undefined) throw new Error('Nothing was kept.');
    return found.changesOf(found.token);
  };
  return { ...summary, asked, spools, kept, changesOfOne };
}

const github = (scopes: string, login = 'ada'): Said => ({
  headers: [['X-OAuth-Scopes', scopes]],
  body: JSON.stringify({ login }),
});

describe('what a check finds out', () => {
  it('is kept a hundred tokens at a time', async () => {
    const tokens = Array.from({ length: 205 }, () => makeToken({ scheme: 'bearer' }));
    const { kept } = await checkBy(github('repo'), { tokens });
    expect(kept.map(({ length }) => length)).toEqual([100, 100, 5]);
  });

  it('is not called kept where one write of several failed', async () => {
    const tokens = Array.from({ length: 105 }, () => makeToken({ scheme: 'bearer' }));
    const writes = [false, true];
    const { isKept } = await checkBy(github('repo'), { tokens, keep: () => writes.shift() ?? true });
    expect(isKept).toBe(false);
  });

  it('brings out no secret of the app: neither whose it is nor for what nor what was said', async () => {
    const good = await checkBy(github('repo, the-secret', 'ada the-secret'));
    const { check, scopes } = good.changesOfOne();
    expect([check.identity, check.scopes, scopes]).toEqual(['ada ••••', ['repo', '••••'], ['repo', '••••']]);
    const failure = { code: 'NETWORK_RESET', message: 'It broke off at the-secret.' };
    const bad = await checkBy({ status: 500, failure });
    expect(bad.results[0]?.check.message).toContain('It broke off at ••••.');
  });

  it('is no essay', async () => {
    const failure = { code: 'NETWORK_RESET', message: 'long '.repeat(1000) };
    const { results } = await checkBy({ status: 500, failure });
    expect(results[0]?.check.message).toHaveLength(2000);
  });

  it('is not read in an answer of megabytes', async () => {
    const body = JSON.stringify({ login: 'ada', pad: 'x'.repeat(1024 * 1024) });
    expect((await checkBy({ body })).results[0]?.check).toMatchObject({ outcome: 'unclear', identity: null });
  });

  it('leaves no answer open', async () => {
    const { spools } = await checkBy(github('repo'));
    for (const spool of spools) expect(() => spool.toBuffer()).toThrow();
  });

  it('is what the token itself says where it is accepted, and may not do just this, alone', async () => {
    const claims = () => CLAIMS;
    expect((await checkBy({ status: 403 }, { claims })).changesOfOne()).toMatchObject({
      expiresAt: CLAIMS.expiresAt,
      check: { outcome: 'accepted' },
    });
    const refused = (await checkBy({ status: 401 }, { claims })).changesOfOne();
    expect([refused.expiresAt, refused.check.expiresAt]).toEqual([undefined, null]);
  });

  it('is nothing that stands in an answer which the provider does not document', async () => {
    const limited = await checkBy({ ...github('repo'), status: 403 });
    expect(limited.changesOfOne().check).toMatchObject({ scopes: null, identity: null });
    const app = makeApp({ provider: 'github', check: { method: 'GET', path: '/mine' } });
    const own = await checkBy(github('repo'), { app });
    expect([own.asked, own.changesOfOne().check]).toMatchObject([
      ['/mine'],
      { outcome: 'accepted', scopes: null },
    ]);
  });

  it('by a request of one’s own may be a page', async () => {
    const app = makeApp({ provider: 'github', check: { method: 'GET', path: '/mine' } });
    expect((await checkBy({ body: 'hello' }, { app })).results[0]?.check.outcome).toBe('accepted');
  });

  it('does not make the last one forgotten where the provider says less', async () => {
    const check = {
      at: NOW.toISOString(),
      outcome: 'accepted',
      identity: 'ada',
      message: '',
      expiresAt: CLAIMS.expiresAt,
      scopes: ['repo'],
    } as const;
    const token = makeToken({ scheme: 'bearer', check: { ...check, scopes: [...check.scopes] } });
    const said = (await checkBy({ status: 500 }, { tokens: [token] })).changesOfOne().check;
    expect(said).toMatchObject({
      outcome: 'unclear',
      identity: 'ada',
      scopes: ['repo'],
      expiresAt: CLAIMS.expiresAt,
    });
  });

  it('replaces what was typed where that is wanted', async () => {
    const tokens = [makeToken({ scheme: 'bearer', scopes: ['gist'] })];
    expect((await checkBy(github('repo'), { tokens })).changesOfOne().scopes).toBeUndefined();
    const replaced = await checkBy(github('repo'), { tokens, replacesTyped: true });
    expect(replaced.changesOfOne().scopes).toEqual(['repo']);
  });

  it('is what the authorization server says, whatever request is set', async () => {
    const introspect = () =>
      Promise.resolve({ isActive: true, identity: 'ada', expiresAt: null, scopes: null });
    const { asked, results } = await checkBy(github('repo'), { introspect });
    expect([asked, results[0]?.check.outcome]).toEqual([[], 'accepted']);
  });

  it('of a token that is got by signing in is never read in the token itself', async () => {
    const tokens = [makeToken({ scheme: 'login' })];
    const app = makeApp({ provider: null });
    await expect(checkBy({}, { tokens, app, claims: () => CLAIMS })).rejects.toMatchObject({
      code: 'CHECK_NOT_SET',
    });
    const both = [...tokens, makeToken({ scheme: 'bearer' })];
    const { results } = await checkBy({}, { tokens: both, app, claims: () => CLAIMS });
    expect(results.map(({ code }) => code)).toEqual(['CHECK_NOT_SET', null]);
  });
});

describe('a PBX that is asked for the end of a token as well', () => {
  const app = makeApp({ provider: 'portsip' });
  const WHO = '/auth/user';
  const END = '/login';
  const who: Said = { body: '{"role":"admin"}' };
  const end: Said = { body: '{"role":"admin","expires_at":"2099-01-01T00:00:00Z"}' };

  it('says it in a second answer', async () => {
    const { asked, changesOfOne } = await checkBy({ [WHO]: who, [END]: end }, { app });
    expect([asked, changesOfOne().expiresAt]).toEqual([[WHO, END], '2099-01-01T00:00:00.000Z']);
  });

  it('is not asked again where the first has said it', async () => {
    expect((await checkBy({ [WHO]: end, [END]: end }, { app })).asked).toEqual([WHO]);
  });

  it('is not believed where it refuses', async () => {
    const { changesOfOne } = await checkBy({ [WHO]: who, [END]: { ...end, status: 401 } }, { app });
    expect(changesOfOne()).toMatchObject({ check: { outcome: 'accepted', expiresAt: null } });
  });

  it('is accepted where no second answer comes', async () => {
    const [error, cancelled, locked] = (['NETWORK_RESET', 'CANCELLED', 'VAULT_LOCKED'] as const).map(
      (code) => new AppError(code, 'No answer.'),
    );
    if (error === undefined || cancelled === undefined || locked === undefined) throw new Error();
    const { results } = await checkBy({ [WHO]: who, [END]: error }, { app });
    expect(results[0]?.check.outcome).toBe('accepted');
    expect(await checkBy({ [WHO]: who, [END]: cancelled }, { app })).toMatchObject({ cancelled: true });
    await expect(checkBy({ [WHO]: who, [END]: locked }, { app })).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    });
  });
});
