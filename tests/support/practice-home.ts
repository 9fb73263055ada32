import type { PracticeToken } from '../../shared/practice/practice.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import type { NewToken } from '../../shared/tokens/token.ts';
import type { PracticeApi } from './practice-api.ts';
import { TemporaryHome } from './temporary-vault.ts';

/** The practice tokens of one provider, by the beginnings of their notes. */
export interface PracticeTokens {
  readonly provider: ProviderId;
  readonly works: string;
  readonly limited: string;
}

/** For each provider: a token that works, and one that may not do all. */
export const PRACTICE_TOKENS: readonly PracticeTokens[] = [
  { provider: 'sipgate', works: 'GET /account answers 200; a wrong', limited: 'Lacks account:read' },
  { provider: 'virtuozzo', works: 'Works: /users/account', limited: 'May only stop environments' },
  { provider: 'portsip', works: 'Works for an hour', limited: 'Of a user with a lower role' },
  { provider: 'airfocus', works: 'Works: GET /api/profile', limited: 'Has team:read only' },
];

/** What is kept of a token, but for its name. */
export type PracticeCredential = Required<Pick<NewToken, 'scheme' | 'field' | 'tokenId'>> & {
  readonly secret: string;
};

function credentialOf({ scheme, field, tokenId, secret }: PracticeToken): PracticeCredential {
  return { scheme: scheme as NewToken['scheme'], field: field ?? null, tokenId: tokenId ?? null, secret };
}

/**
 * A vault with an app for each of the four, called by its provider's id, with the tokens `good`, `limited`, and
 * `wrong`, which the provider does not know. What is asked without a name goes by `good`.
 */
export async function practiceHome(practice: PracticeApi): Promise<TemporaryHome> {
  const home = new TemporaryHome();
  const { vault, apps, tokens } = await home.create();
  for (const { provider, works, limited } of PRACTICE_TOKENS) {
    const good = practice.token(provider, works);
    const { id } = apps.create({ name: provider, provider, baseUrl: good.baseUrl });
    tokens.add(id, { ...credentialOf(good), name: 'good' });
    tokens.add(id, { ...credentialOf(good), name: 'wrong', secret: good.secret.replace(/.$/, 'x') });
    tokens.add(id, { ...credentialOf(practice.token(provider, limited)), name: 'limited' });
    apps.update(id, { defaultToken: 'good' });
  }
  vault.close();
  return home;
}

/** Another token that the provider makes, whose time is over in `seconds`. */
export async function shortToken(
  practice: PracticeApi,
  provider: ProviderId,
  seconds: number,
): Promise<PracticeCredential> {
  const { works } = PRACTICE_TOKENS.find((each) => each.provider === provider) ?? { works: '' };
  const made = await practice.postJson(`/practice/tokens/${provider}`, { name: 'short', seconds });
  const { tokenId, secret } = (await made.json()) as { tokenId?: string; secret: string };
  const { scheme, field, ...rest } = credentialOf(practice.token(provider, works));
  return { ...rest, scheme, field, secret, tokenId: scheme === 'basic' ? (tokenId ?? null) : null };
}
