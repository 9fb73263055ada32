import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { airfocus } from '../../../core/providers/airfocus.ts';
import { airfocusKeys } from '../../../core/providers/airfocus-keys.ts';
import { gitlabTokens } from '../../../core/providers/gitlab-tokens.ts';
import type { ProviderAnswer } from '../../../core/providers/provider.ts';
import { PROVIDERS } from '../../../core/providers/providers.ts';
import type { ManagementCall } from '../../../core/providers/token-management.ts';
import { templateScope, virtuozzoTokens } from '../../../core/providers/virtuozzo-tokens.ts';
import { TOKEN_ACTIONS } from '../../../shared/providers/provider.ts';

const WISH = { name: 'CI', scopes: ['environment.control.StopEnv'], expiresAt: '2027-01-31T22:59:59.000Z' };

function answerOf(body: unknown): ProviderAnswer {
  return { status: 200, headers: [], body, receivedAt: new Date('2026-06-01T12:00:00Z') };
}

function formOf({ body }: ManagementCall<unknown>): unknown {
  return body?.kind === 'form' ? body.fields : body;
}

describe('each provider', () => {
  test.each(
    PROVIDERS,
  )('$name has a call for what it says its API can do, and for nothing else', (provider) => {
    const calls = TOKEN_ACTIONS.filter((action) => provider.manage?.[action] !== undefined);
    expect([...provider.actions].sort()).toEqual([...calls].sort());
  });

  test('reads whatever comes without throwing', () => {
    const calls = [virtuozzoTokens, airfocusKeys, gitlabTokens].flatMap((management) => [
      ...(management.scopes?.() ?? []),
      ...[management.list?.(), management.create?.(WISH, null), management.regenerate?.('7', null)],
      management.edit?.('7', WISH, null),
    ]);
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        for (const call of calls) {
          call?.read(answerOf(body));
          call?.read(answerOf({ token: body, apiTokens: [body], apiKey: body, templates: [body] }));
        }
      }),
    );
  });
});

describe('Virtuozzo', () => {
  const token = {
    id: 42,
    key: 'the-value',
    description: 'CI',
    expiresAt: '2027-01-31 22:59:59',
    lastUsed: '2026-05-01 08:00:00',
    tokenTemplate: null,
    apiListItems: [{ method: 'environment.control.StopEnv', isSafe: false }],
  };

  test('creates a token in a form, so that no password stands in a URL', () => {
    const call = virtuozzoTokens.create?.(WISH, 'pass word');
    expect(call).toMatchObject({ method: 'POST', path: '/users/authentication/rest/createtoken' });
    expect(call && formOf(call)).toEqual({
      description: 'CI',
      apiList: 'environment.control.StopEnv',
      expiresAt: '2027-01-31 22:59:59',
      password: 'pass word',
    });
  });

  test('names a template in place of methods', () => {
    const call = virtuozzoTokens.create?.({ ...WISH, scopes: ['template:maven-plugin', 'x.Y'] }, null);
    expect(call && formOf(call)).toMatchObject({ tokenTemplate: 'Maven Plugin' });
    expect(call && formOf(call)).not.toHaveProperty('apiList');
  });

  test('knows a template again, whatever its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        const name = text.trim();
        fc.pre(name !== '' && name !== 'Custom' && name.isWellFormed());
        const call = virtuozzoTokens.create?.({ ...WISH, scopes: [templateScope(name)] }, null);
        expect(templateScope(name)).not.toMatch(/\s/);
        expect(call && formOf(call)).toMatchObject({ tokenTemplate: name });
      }),
    );
  });

  test('reads a token with its value, its end and its methods', () => {
    expect(virtuozzoTokens.create?.(WISH, null).read(answerOf({ result: 0, token }))).toEqual({
      remoteId: '42',
      secret: 'the-value',
      name: 'CI',
      scopes: ['environment.control.StopEnv'],
      expiresAt: '2027-01-31T22:59:59.000Z',
      createdAt: null,
      lastUsedAt: '2026-05-01T08:00:00.000Z',
    });
  });

  test('lists tokens without their values, even where the platform sends them', () => {
    const list = virtuozzoTokens.list?.().read(answerOf({ result: 0, apiTokens: [token] }));
    expect(list).toHaveLength(1);
    expect(JSON.stringify(list)).not.toContain('the-value');
  });

  test('removes several in one call', () => {
    const calls = virtuozzoTokens.revoke?.(['1', '2'], 'secret') ?? [];
    expect(calls.map(formOf)).toEqual([{ ids: '1,2', password: 'secret' }]);
  });
});

describe('airfocus', () => {
  const apiKey = {
    id: 'f6f0c2f0-0000-4000-8000-000000000001',
    userId: 'u',
    name: 'CI',
    scopes: ['team:read'],
    createdAt: '2026-05-01T08:00:00Z',
  };

  test('creates a key with name and scopes', () => {
    const call = airfocusKeys.create?.({ ...WISH, scopes: ['team:read'] }, null);
    expect(call?.body).toEqual({ kind: 'json', value: { name: 'CI', scopes: ['team:read'] } });
    expect(call?.read(answerOf({ apiKey, secret: 'the-value' }))).toMatchObject({
      remoteId: apiKey.id,
      secret: 'the-value',
      scopes: ['team:read'],
      createdAt: '2026-05-01T08:00:00.000Z',
    });
  });

  test.each([[[apiKey]], [{ apiKeys: [apiKey] }], [{ items: [apiKey] }]])('lists keys in %j', (body) => {
    expect(airfocusKeys.list?.().read(answerOf(body))).toMatchObject([{ name: 'CI' }]);
  });

  test('deletes one key a call, by an ID that cannot leave its path', () => {
    const calls = airfocusKeys.revoke?.(['a', '../team'], null) ?? [];
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /api/profile/api-keys/a',
      'DELETE /api/profile/api-keys/..%2Fteam',
    ]);
  });

  test('has neither edit nor regenerate', () => {
    expect(airfocus.actions).toEqual(['list', 'create', 'revoke']);
  });
});

test('a token of GitLab rotates itself, and ends at the start of its last day', () => {
  const call = gitlabTokens.regenerate?.('7', null);
  expect(call).toMatchObject({ method: 'POST', path: '/personal_access_tokens/self/rotate' });
  const body = { id: 8, name: 'CI', token: 'glpat-the-value', scopes: ['api'], expires_at: '2027-01-31' };
  expect(call?.read(answerOf(body))).toMatchObject({
    remoteId: '8',
    secret: 'glpat-the-value',
    expiresAt: '2027-01-31T00:00:00.000Z',
  });
});
