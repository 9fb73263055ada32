import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../core/providers/providers.ts';
import { recogniseCredential } from '../../../shared/tokens/recognise-credential.ts';
import { newTokenSchema } from '../../../shared/tokens/token.ts';

const RECEIVED_AT = new Date('2026-06-01T12:00:00Z');
const UUID = '3f1c2b4a-5d6e-4f70-8a9b-0c1d2e3f4a5b';

type Preferred = Parameters<typeof recogniseCredential>[1]['preferred'];
const recognise = (text: string, preferred: Preferred = null) =>
  recogniseCredential(text, { providers: PROVIDERS, preferred, receivedAt: RECEIVED_AT });

const base64Url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) =>
  `${base64Url({ alg: 'HS256', typ: 'JWT' })}.${base64Url(claims)}.c2lnbmF0dXJl`;

describe('a value with a prefix', () => {
  it.each([
    ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'github', 'bearer'],
    ['github_pat_11ABCDEFG0abc_def', 'github', 'bearer'],
    ['glpat-abc123DEF456', 'gitlab', 'header'],
    ['xoxb-1-2-abc', 'slack', 'bearer'],
    ['xoxp-1-2-abc', 'slack', 'bearer'],
    ['xoxe-1-abc', 'slack', 'bearer'],
    ['sk_test_4eC39HqLyjWDarjtT1zdp7dc', 'stripe', 'bearer'],
    ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'stripe', 'bearer'],
    ['npm_abcdefghijklmnopqrstuvwxyz0123456789', 'npm', 'bearer'],
    ['sk-proj-abc_DEF', 'openai', 'bearer'],
    ['dop_v1_0123456789abcdef', 'digitalocean', 'bearer'],
    ['cfut_abc', 'cloudflare', 'bearer'],
    ['cfat_abc', 'cloudflare', 'bearer'],
    ['cfk_abc', 'cloudflare', 'bearer'],
  ])('%s is of %s, sent as %s', (secret, provider, scheme) => {
    expect(recognise(` ${secret}\n`)).toMatchObject({ secret, provider, scheme });
  });

  it('says by what it was recognised, and not what it is', () => {
    const { why } = recognise('ghp_16C7e42F292c6912E7710c838347Ae178B4a') ?? {};
    expect(why).toBe('It begins with ghp_, as a classic token of GitHub does.');
  });

  it('of GitLab goes into its own header', () => {
    expect(recognise('glpat-abc123')).toMatchObject({ scheme: 'header', field: 'PRIVATE-TOKEN' });
  });

  it('belongs to whoever has the longest prefix that fits', () => {
    const shape = (id: 'npm' | 'stripe', prefix: string) => ({
      ...PROVIDERS.find((each) => each.id === id),
      prefixes: [{ prefix, scheme: 'bearer' as const, description: 'a token' }],
    });
    const providers = [shape('npm', 'ab_'), shape('stripe', 'ab_cd_')] as unknown as typeof PROVIDERS;
    expect(recogniseCredential('ab_cd_ef', { providers })).toMatchObject({ provider: 'stripe' });
    expect(recogniseCredential('ab_ef', { providers })).toMatchObject({ provider: 'npm' });
  });

  it('is not recognised by the prefix alone', () => {
    expect(recognise('ghp_')).toBeNull();
  });
});

describe('a JWT', () => {
  it('is read for its time and its scopes', () => {
    const text = jwt({ exp: 1_798_761_599, iat: 1_767_225_600, nbf: 1_767_225_660, scope: 'a:read b:write' });
    expect(recognise(text)).toMatchObject({
      secret: text,
      scheme: 'bearer',
      expiresAt: '2026-12-31T23:59:59.000Z',
      createdAt: '2026-01-01T00:00:00.000Z',
      notBefore: '2026-01-01T00:01:00.000Z',
      scopes: ['a:read', 'b:write'],
    });
  });

  it.each([[['a', 'b']], ['a b'], ['a,b']])('has its scopes in scp as %j', (scp) => {
    expect(recognise(jwt({ scp }))?.scopes).toEqual(['a', 'b']);
  });

  it.each([
    [{ exp: 'soon' }],
    [{ exp: -1 }],
    [{ exp: 1e300 }],
    [{ exp: null }],
    [{ exp: 1_798_761_599_000 }],
  ])('with %j has no expiry', (claims) => {
    expect(recognise(jwt(claims))).toMatchObject({ scheme: 'bearer' });
    expect(recognise(jwt(claims))).not.toHaveProperty('expiresAt');
  });

  it('loses a scope that none can be, and nothing else', () => {
    expect(recognise(jwt({ scope: `a ${'x'.repeat(300)}` }))?.scopes).toEqual(['a']);
  });

  it('is none where its parts are not JSON', () => {
    expect(recognise('eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.c2ln')).toBeNull();
  });
});

describe('a header', () => {
  it.each([
    ['Authorization: Bearer abc.def', { secret: 'abc.def', scheme: 'bearer' }],
    ['authorization:bearer  abc', { secret: 'abc', scheme: 'bearer' }],
    ['Bearer abc', { secret: 'abc', scheme: 'bearer' }],
    ["-H 'Authorization: Bearer abc'", { secret: 'abc', scheme: 'bearer' }],
    ['Authorization: Bearer ghp_abc', { secret: 'ghp_abc', scheme: 'bearer', provider: 'github' }],
    ['Authorization: Token abc', { secret: 'Token abc', scheme: 'header', field: 'Authorization' }],
    [
      'PRIVATE-TOKEN: glpat-x',
      { secret: 'glpat-x', scheme: 'header', field: 'PRIVATE-TOKEN', provider: 'gitlab' },
    ],
    ['private-token: any', { secret: 'any', scheme: 'header', field: 'private-token', provider: 'gitlab' }],
    ['X-Api-Key: k', { secret: 'k', scheme: 'header', field: 'X-Api-Key' }],
    ['Accept: */*\nX-Api-Key: k', { secret: 'k', scheme: 'header', field: 'X-Api-Key' }],
  ])('%j is taken apart', (text, expected) => {
    expect(recognise(text)).toMatchObject(expected);
  });

  it('with Basic gives ID and secret', () => {
    const text = `Authorization: Basic ${Buffer.from(`token-ABC123:${UUID}`).toString('base64')}`;
    expect(recognise(text)).toMatchObject({
      secret: UUID,
      tokenId: 'token-ABC123',
      scheme: 'basic',
      provider: 'sipgate',
    });
  });

  it('with Basic and no password is a key as the user name', () => {
    const text = `Authorization: Basic ${Buffer.from('sk_test_abc:').toString('base64')}`;
    expect(recognise(text)).toMatchObject({ secret: 'sk_test_abc', provider: 'stripe', scheme: 'bearer' });
  });

  it('without a credential is none', () => {
    expect(recognise('Accept: application/json')).toBeNull();
  });
});

describe('an ID and a secret', () => {
  it('of sipgate are known by both formats', () => {
    expect(recognise(`token-ABC123:${UUID}`)).toMatchObject({
      provider: 'sipgate',
      scheme: 'basic',
      tokenId: 'token-ABC123',
      secret: UUID,
    });
  });

  it('of anybody are known by the colon', () => {
    expect(recognise('me@example.com:abc:def')).toEqual({
      scheme: 'basic',
      tokenId: 'me@example.com',
      secret: 'abc:def',
      why: 'It has two parts with a colon between them: an ID and a secret.',
    });
  });

  it('stand in the lines of an .env file too', () => {
    const text = `# sipgate\nBASE_URL=https://api.sipgate.com/v2\nTOKEN="${UUID}"\nTOKEN_ID=token-ABC123\n`;
    expect(recognise(text)).toMatchObject({ provider: 'sipgate', tokenId: 'token-ABC123', secret: UUID });
  });

  it('half of it is only known to the app’s own provider', () => {
    expect(recognise(UUID)).toBeNull();
    expect(recognise(UUID, 'sipgate')).toMatchObject({ scheme: 'basic', secret: UUID });
  });
});

describe('an .env line', () => {
  it.each([
    ['GITHUB_TOKEN=ghp_abc', { secret: 'ghp_abc', provider: 'github' }],
    ['export NPM_TOKEN="npm_abc"', { secret: 'npm_abc', provider: 'npm' }],
    ['API_KEY = plain', { secret: 'plain' }],
    ['HOST=localhost\nMY_SECRET=plain', { secret: 'plain' }],
    ['session=abc', { secret: 'abc', scheme: 'query', field: 'session', provider: 'virtuozzo' }],
  ])('%j gives its value', (text, expected) => {
    expect(recognise(text)).toMatchObject(expected);
  });

  it('is none where nothing calls it a secret', () => {
    expect(recognise('HOST=localhost')).toBeNull();
  });

  it('is not seen in a value that ends in =', () => {
    expect(recognise('dG9rZW4tc2VjcmV0LXg==')).toBeNull();
  });
});

describe('a URL', () => {
  it('gives the parameter that is a credential', () => {
    const text = 'https://app.cloud.example/1.0/x?envName=e&session=a%2Fb';
    expect(recognise(text)).toMatchObject({ secret: 'a/b', scheme: 'query', field: 'session' });
  });

  it('without one is none', () => {
    expect(recognise('https://example.com/?q=1')).toBeNull();
  });
});

describe('an answer with a token', () => {
  it('of a token endpoint has its times from when it came', () => {
    const answer = {
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 3600,
      scope: 'x y',
      token_type: 'bearer',
    };
    expect(recognise(JSON.stringify(answer))).toEqual({
      secret: 'a',
      scheme: 'bearer',
      refreshToken: 'r',
      expiresAt: '2026-06-01T13:00:00.000Z',
      scopes: ['x', 'y'],
      why: 'It is an answer with a token, a refresh token and an expiry.',
    });
  });

  it.each([
    [{ access_token: 'a', expires_at: '2027-01-31T10:00:00+01:00' }, '2027-01-31T09:00:00.000Z'],
    [{ access_token: 'a', expires_at: 1_798_761_599 }, '2026-12-31T23:59:59.000Z'],
    [{ access_token: 'a', expires_in: '60' }, '2026-06-01T12:01:00.000Z'],
    [{ access_token: 'a', expires_in: -5 }, undefined],
    [{ access_token: 'a', expires_at: null, expires_in: 1e99 }, undefined],
    [{ result: 0, key: 'k', expiresAt: '2027-01-31 12:00:00' }, '2027-01-31T12:00:00.000Z'],
  ])('%j ends at %s', (answer, expiresAt) => {
    expect(recognise(JSON.stringify(answer))?.expiresAt).toBe(expiresAt);
  });

  it('of Virtuozzo’s sign-in is a session', () => {
    expect(recognise('{"uid":1,"result":0,"session":"s","email":"me@example.com"}')).toMatchObject({
      provider: 'virtuozzo',
      scheme: 'query',
      field: 'session',
      secret: 's',
    });
  });

  it.each([
    [{ result: 0, id: 17, key: 'k', description: 'd' }],
    [{ result: 0, token: { id: 17, key: 'k', description: 'd' } }],
  ])('of Virtuozzo’s createtoken has the value in key: %j', (answer) => {
    expect(recognise(JSON.stringify(answer))).toMatchObject({
      provider: 'virtuozzo',
      secret: 'k',
      remoteId: '17',
    });
  });

  it('of airfocus has the value beside the key', () => {
    const apiKey = { id: UUID, name: 'ci', scopes: ['team:read'], createdAt: '2026-05-01T00:00:00Z' };
    expect(recognise(JSON.stringify({ apiKey, secret: 's' }))).toMatchObject({
      provider: 'airfocus',
      scheme: 'bearer',
      secret: 's',
      remoteId: UUID,
      scopes: ['team:read'],
      createdAt: '2026-05-01T00:00:00.000Z',
    });
  });

  it('keeps what its JWT says where nothing stands beside it', () => {
    const text = JSON.stringify({ access_token: jwt({ exp: 1_798_761_599 }) });
    expect(recognise(text)?.expiresAt).toBe('2026-12-31T23:59:59.000Z');
  });

  it.each([
    '{"access_token":',
    '{}',
    '{"access_token":{"a":1}}',
    '{"access_token":"a\\nb"}',
    '[]',
  ])('is not seen in %s', (text) => {
    expect(recognise(text)).toBeNull();
  });
});

describe('where two readings are possible', () => {
  type Shapes = Parameters<typeof recogniseCredential>[1]['providers'];
  const shape = (id: 'npm' | 'stripe', changes: Partial<Shapes[number]>) => ({
    id,
    name: id,
    schemes: [],
    formats: [],
    prefixes: [],
    ...changes,
  });
  const among = (text: string, shapes: readonly object[], preferred: Preferred = null) =>
    recogniseCredential(text, { providers: shapes as Shapes, preferred });

  it('the app’s own provider is asked first', () => {
    const prefixes = [{ prefix: 'ab_', scheme: 'bearer' as const, description: 'a token' }];
    const shapes = [shape('npm', { prefixes }), shape('stripe', { prefixes })];
    expect(among('ab_cd', shapes)).toMatchObject({ provider: 'npm' });
    expect(among('ab_cd', shapes, 'stripe')).toMatchObject({ provider: 'stripe' });
  });

  it('a pair is judged by what is said of pairs alone', () => {
    const formats = [
      { scheme: 'basic' as const, tokenId: '^id-', secret: '^s-', description: '' },
      { scheme: 'bearer' as const, secret: '^bearer-', description: '' },
    ];
    expect(among('id-1:s-2', [shape('npm', { formats })])).toMatchObject({
      provider: 'npm',
      tokenId: 'id-1',
    });
  });

  it('a format that says nothing of secrets recognises none', () => {
    const formats = [{ scheme: 'basic' as const, tokenId: '^id-', description: '' }];
    expect(among('anything', [shape('npm', { formats })], 'npm')).toBeNull();
  });

  it('the parameter of a URL that a provider names is one', () => {
    const schemes = [{ scheme: 'query' as const, field: 'pass', labels: { secret: 'Pass' } }];
    expect(among('https://x.test/?pass=abc', [shape('npm', { schemes })])).toMatchObject({
      provider: 'npm',
      scheme: 'query',
      secret: 'abc',
    });
  });

  it.each([
    ['https://x.test/?apikey=&key=abc', { scheme: 'query', field: 'key', secret: 'abc' }],
    ['Proxy-Authorization: Bearer abc', { scheme: 'bearer', secret: 'abc' }],
    ['#Authorization: Bearer old\nX-Api-Key: new', { field: 'X-Api-Key', secret: 'new' }],
    ['X-Api-Key: ghp_abc:', { scheme: 'header', field: 'X-Api-Key', secret: 'ghp_abc:' }],
    [`Basic ${btoa('somebody:')}`, { scheme: 'header', field: 'Authorization' }],
  ])('%j is read as it stands there', (text, expected) => {
    expect(recognise(text)).toMatchObject(expected);
  });

  it.each(['https://x.test/?token=a b', 'TOKEN==abc', 'TOKEN="', ':abc'])('%j is nothing', (text) => {
    expect(recognise(text)).toBeNull();
  });
});

describe('whatever the text', () => {
  const pieces = [
    'Authorization: ',
    'Basic ',
    'Bearer ',
    'token-ABC123',
    ':',
    '=',
    '\n',
    ' ',
    '"',
    "'",
    '{',
    '}',
    '"access_token":',
    'eyJhbGciOiJub25lIn0',
    '.',
    UUID,
    'session',
    'https://a/?session=',
    'ghp_',
    '-H ',
    '\u0000',
    '\u200b',
    '%ZZ',
    'TOKEN',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 12 })
      .map((parts) => parts.join('')),
    fc.json(),
    fc.json().map((json) => `{"access_token":"a","expires_in":${json},"expires_at":${json},"scope":${json}}`),
    fc.object().map(jwt),
  );

  it('one that is longer than any credential is not looked at', () => {
    expect(recognise(`${' '.repeat(1_000_000)}ghp_abc`)).toBeNull();
  });

  it('what is recognised can be kept', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<Preferred>(null, 'sipgate', 'virtuozzo', 'gitlab'),
        (pasted, preferred) => {
          const found = recognise(pasted, preferred);
          if (found === null) return;
          const {
            secret,
            scheme = 'bearer',
            field = null,
            tokenId = null,
            scopes = [],
            expiresAt = null,
          } = found;
          const token = { name: 'x', secret, scheme, field, tokenId, scopes: [...scopes], expiresAt };
          const halved = scheme === 'basic' && tokenId === null ? { ...token, tokenId: 'id' } : token;
          expect(newTokenSchema.safeParse(halved).error).toBeUndefined();
          if (secret.length > 40) expect(found.why).not.toContain(secret);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    'a',
    ' ',
    '\n',
    ':',
    '=',
    '{',
    '[',
    '"',
    'A=b\n',
    'a:b ',
    'eyJ.',
    'ghp_',
    '\\',
    '😀',
  ])('a megabyte of %j is not even looked at, and a part of it does not stall', (piece) => {
    expect(recognise(piece.repeat(Math.ceil(1_000_000 / piece.length)))).toBeNull();
    recognise(piece.repeat(Math.floor(131_000 / piece.length)));
  });
});
