import { scopesOf } from '../../shared/tokens/jwt.ts';
import type { Provider, ProviderAnswer, TokenFacts, Verdict } from './provider.ts';
import { headerOf, identityOf, isSuccess, jsonAt, known, textOf } from './read-answer.ts';

const REFUSALS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token: it is mistyped, or of another workspace.',
  not_authed: 'No token arrived. It goes into the header Authorization: Bearer.',
  token_revoked: 'This token was revoked. Install the app again for a new one.',
  token_expired: 'The time of this token is over. With rotation a token lasts 12 hours: refresh it.',
  account_inactive: 'The user or the workspace of this token is no more.',
};

/** Slack answers 200 to almost everything: whether it worked is in the field `ok`. */
function judge({ status, body }: ProviderAnswer): Verdict {
  if (!isSuccess(status)) return 'unclear';
  if (jsonAt(body, 'ok') === true) return 'accepted';
  const error = textOf(jsonAt(body, 'error')) ?? '';
  if (error === 'missing_scope') return 'limited';
  return Object.hasOwn(REFUSALS, error) ? 'refused' : 'unclear';
}

function hint(status: number, body?: unknown): string | null {
  if (status === 429) return 'Too many requests. The header Retry-After says when to go on.';
  if (jsonAt(body, 'ok') !== false) return null;
  const error = textOf(jsonAt(body, 'error')) ?? '';
  if (error === 'missing_scope')
    return 'The token is valid, but lacks the scope that the field "needed" names.';
  const meaning = Object.hasOwn(REFUSALS, error)
    ? REFUSALS[error]
    : 'The field "error" of the answer says why.';
  return `This is an error, although the status is ${status}. ${meaning}`;
}

function readFacts(answer: ProviderAnswer): TokenFacts {
  const scopes = headerOf(answer, 'X-OAuth-Scopes');
  return known({
    identity: identityOf(jsonAt(answer.body, 'user'), jsonAt(answer.body, 'team')),
    scopes: scopes === undefined ? undefined : scopesOf(scopes),
  });
}

export const slack: Provider = {
  id: 'slack',
  name: 'Slack',
  group: 'communication',
  baseUrls: [{ url: 'https://slack.com/api', label: 'Web API' }],
  variables: [],
  schemes: [{ scheme: 'bearer', labels: { secret: 'Bot or user token' } }],
  prefixes: [
    { prefix: 'xoxb-', scheme: 'bearer', description: 'a bot token of Slack' },
    { prefix: 'xoxp-', scheme: 'bearer', description: 'a user token of Slack' },
    { prefix: 'xoxe-', scheme: 'bearer', description: 'a refresh token of Slack' },
  ],
  formats: [],
  scopes: [
    'chat:write',
    'channels:read',
    'channels:history',
    'users:read',
    'users:read.email',
    'files:write',
    'reactions:write',
  ],
  scopeSets: [],
  check: { method: 'POST', path: '/auth.test' },
  tokenPage: 'https://api.slack.com/apps',
  documentation: 'https://docs.slack.dev/reference/methods',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint,
  judge,
  readFacts,
};
