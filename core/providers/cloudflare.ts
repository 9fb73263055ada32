import type { Provider, ProviderAnswer, TokenFacts, Verdict } from './provider.ts';
import { expiryOf, jsonAt, judgeByStatus, known, remoteIdOf, textOf } from './read-answer.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'Cloudflare does not know this token: it is mistyped, expired or deleted.',
  403: 'The token is valid, but lacks the permission for this.',
};

/** A token that is disabled or expired can still say so of itself. */
function judge(answer: ProviderAnswer): Verdict {
  const status = jsonAt(answer.body, 'result', 'status');
  return status === 'disabled' || status === 'expired' ? 'refused' : judgeByStatus(answer);
}

/** Without `expires_on` a token has no end. */
function readFacts({ body }: ProviderAnswer): TokenFacts {
  const result = jsonAt(body, 'result');
  const isKnown = textOf(jsonAt(result, 'status')) !== undefined;
  return known({
    expiresAt: expiryOf(jsonAt(result, 'expires_on') ?? (isKnown ? null : undefined)),
    remoteId: remoteIdOf(jsonAt(result, 'id')),
  });
}

export const cloudflare: Provider = {
  id: 'cloudflare',
  name: 'Cloudflare',
  group: 'cloud',
  baseUrls: [{ url: 'https://api.cloudflare.com/client/v4', label: 'API v4' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'API token' } }],
  prefixes: [
    { prefix: 'cfut_', scheme: 'bearer', description: 'a user token of Cloudflare' },
    { prefix: 'cfat_', scheme: 'bearer', description: 'an account token of Cloudflare' },
    { prefix: 'cfk_', scheme: 'bearer', description: 'a key of Cloudflare' },
  ],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/user/tokens/verify' },
  tokenPage: 'https://dash.cloudflare.com/profile/api-tokens',
  documentation: 'https://developers.cloudflare.com/api/',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
  judge,
  readFacts,
};
