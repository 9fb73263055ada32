import type { Provider } from './provider.ts';
import { identityOf, jsonAt, known } from './read-answer.ts';
import { SIPGATE_SCOPES } from './sipgate-scopes.ts';

const HINTS: Readonly<Record<number, string>> = {
  400: 'sipgate could not read the request. Check the parameters and the body.',
  401: 'Token ID or token are wrong, or not Base64-encoded. Compare the token ID with the one at sipgate; a lost token cannot be shown again, make a new one.',
  402: 'The balance of the sipgate account does not cover this. Top it up.',
  403: 'The token is valid, but may not do this. Give it the scope that this endpoint needs.',
  404: 'This endpoint does not exist. Check the path; the base URL ends in /v2.',
  405: 'This endpoint exists, but not with this method. Check whether it wants GET, POST, PUT or DELETE.',
  415: 'sipgate wants another kind of body here. Send JSON with Content-Type: application/json.',
  500: 'sipgate had an error of its own. Try again later.',
};

export const sipgate: Provider = {
  id: 'sipgate',
  name: 'sipgate',
  group: 'communication',
  baseUrls: [{ url: 'https://api.sipgate.com/v2', label: 'REST API v2' }],
  variables: [],
  schemes: [
    { scheme: 'basic', labels: { tokenId: 'Token ID', secret: 'Token' } },
    { scheme: 'bearer', labels: { secret: 'OAuth access token' } },
  ],
  prefixes: [],
  formats: [
    {
      scheme: 'basic',
      tokenId: '^token-[a-zA-Z\\d]{6}$',
      description: 'A sipgate token ID looks like token-ABC123.',
    },
    {
      scheme: 'basic',
      // In either case; the pattern spells it out, because it travels without flags.
      secret: '^[\\da-fA-F]{8}-[\\da-fA-F]{4}-4[\\da-fA-F]{3}-[89abAB][\\da-fA-F]{3}-[\\da-fA-F]{12}$',
      description: 'A sipgate token is a UUID, 36 characters with four hyphens.',
    },
  ],
  scopes: SIPGATE_SCOPES,
  scopeSets: [
    { name: 'Account', scopes: ['account:read'] },
    { name: 'Read only', scopes: ['account:read', 'users:read', 'history:read'] },
    { name: 'Calls', scopes: ['sessions:calls:write', 'history:read'] },
    { name: 'Send SMS', scopes: ['sessions:sms:write'] },
    { name: 'Send fax', scopes: ['sessions:fax:write', 'faxlines:read', 'history:read'] },
    { name: 'Everything', scopes: ['all'] },
  ],
  check: { method: 'GET', path: '/account' },
  tokenPage: 'https://app.sipgate.com/personal-access-token',
  documentation: 'https://developer.sipgate.io',
  dayEnd: 'local',
  actions: [],
  rateLimit: null,
  hint: (status) => HINTS[status] ?? null,
  readFacts: ({ body }) =>
    known({ identity: identityOf(jsonAt(body, 'company'), jsonAt(body, 'mainProductType')) }),
};
