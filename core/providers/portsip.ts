import { expiryAfter } from '../../shared/tokens/token-response.ts';
import { jsonField } from './json-field.ts';
import { PORTSIP_LOGINS } from './portsip-logins.ts';
import type { Provider, ProviderAnswer, TokenFacts, Verdict } from './provider.ts';
import { expiryOf, identityOf, jsonAt, judgeByStatus, known } from './read-answer.ts';

function firstError(body: unknown): { code: unknown; message: unknown } | null {
  const errors = jsonField(body, 'errors');
  if (!Array.isArray(errors) || errors.length === 0) return null;
  return { code: jsonField(errors[0], 'code'), message: jsonField(errors[0], 'message') };
}

function hint(status: number, body?: unknown): string | null {
  if (status < 400) return null;
  const code = firstError(body)?.code;
  if (status === 401 || code === 'UNAUTHORIZED') {
    return 'The access token is wrong or its time is over; it lasts 30 to 60 minutes. Sign in again for a new one.';
  }
  if (code === 'VALIDATE_FAILED') {
    return 'The PBX does not accept a parameter of the request. The field "errors" of the answer says which.';
  }
  if (status === 403) return 'The token is valid, but its user may not do this. Check the role of the user.';
  if (status === 404) return 'This path does not exist. Check it; the base URL ends in /api.';
  if (status === 405) return 'The PBX knows GET and POST only.';
  return null;
}

/** An older family of logins says 400 with a code of its own where others say 401. */
function judge(answer: ProviderAnswer): Verdict {
  const isRefusal = answer.status === 400 && firstError(answer.body)?.code === 'UNAUTHORIZED';
  return isRefusal ? 'refused' : judgeByStatus(answer);
}

/** Of `GET /auth/user`, whose fields beside the role are not documented, and of `GET /login`. */
function readFacts({ body, receivedAt }: ProviderAnswer): TokenFacts {
  const name = jsonAt(body, 'name') ?? jsonAt(body, 'username');
  const expiresAt = expiryOf(jsonAt(body, 'expires_at') ?? undefined);
  return known({
    identity: identityOf(name, jsonAt(body, 'role')),
    expiresAt: expiresAt ?? expiryAfter(jsonAt(body, 'expires_in'), receivedAt) ?? undefined,
  });
}

export const portsip: Provider = {
  id: 'portsip',
  name: 'PortSIP PBX',
  group: 'communication',
  baseUrls: [{ url: '{protocol}://{host}:{port}/api', label: 'PBX' }],
  variables: [
    { name: 'protocol', label: 'Protocol', placeholder: 'https', value: 'https' },
    { name: 'host', label: 'Host', placeholder: 'pbx.example.com' },
    { name: 'port', label: 'Port', placeholder: '8887', value: '8887' },
  ],
  schemes: [
    { scheme: 'bearer', labels: { secret: 'Access token' } },
    { scheme: 'login', labels: { secret: 'Password' } },
  ],
  logins: PORTSIP_LOGINS,
  prefixes: [],
  formats: [],
  scopes: [],
  scopeSets: [],
  check: { method: 'GET', path: '/auth/user' },
  tokenPage: null,
  documentation: null,
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint,
  judge,
  readFacts,
  factsRequest: { method: 'GET', path: '/login' },
};
