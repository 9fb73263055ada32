import type { Provider } from './provider.ts';

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
  baseUrl: 'https://api.sipgate.com/v2',
  schemes: [
    { scheme: 'basic', labels: { tokenId: 'Token ID', secret: 'Token' } },
    { scheme: 'bearer', labels: { secret: 'OAuth access token' } },
  ],
  scopes: ['all', 'openid', 'account:read', 'users:read', 'history:read', 'sessions:sms:write'],
  check: { method: 'GET', path: '/account' },
  tokenPage: 'https://app.sipgate.com/personal-access-token',
  documentation: 'https://developer.sipgate.io',
  formats: [
    {
      scheme: 'basic',
      tokenId: /^token-[a-zA-Z\d]{6}$/,
      description: 'A sipgate token ID looks like token-ABC123.',
    },
    {
      scheme: 'basic',
      secret: /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i,
      description: 'A sipgate token is a UUID, 36 characters with four hyphens.',
    },
  ],
  hint: (status) => HINTS[status] ?? null,
};
