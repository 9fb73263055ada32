import { Hono } from 'hono';
import type { PracticeOAuthClient, PracticeToken } from '../../shared/practice/practice.ts';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { tokenDesk } from '../token-desk.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { authorize } from './authorize.ts';
import { Consents } from './consents.ts';
import { device } from './device.ts';
import { DeviceCodes } from './device-codes.ts';
import { type OAuthClient, type OAuthClients, oauthClients, SCOPES } from './oauth-clients.ts';
import { OAuthGrants } from './oauth-grants.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { tokenStatus } from './token-status.ts';

const PATH = '/oauth';

export interface OAuth extends PracticeProvider {
  readonly grants: OAuthGrants;
  /** The announced access token that works. */
  readonly workingToken: string;
}

/** An OAuth 2.0 authorization server, and a resource that its tokens open. sipgate takes them too. */
export function openOauth(world: PracticeWorld): OAuth {
  const { seed, clock } = world;
  const clients = oauthClients(seed);
  const grants = new OAuthGrants(world);
  const secrets = {
    working: seed.base64url('oauth'),
    expired: seed.base64url('oauth expired'),
    limited: seed.base64url('oauth limited'),
  };
  const seeded = (name: string, secret: string, scopes: readonly string[], expiresAt: number | null) =>
    grants.accessToken(clients.desktop, { name, secret, scopes, expiresAt });
  seeded('main', secrets.working, SCOPES, null);
  seeded('expired', secrets.expired, SCOPES, clock.now() - 1000);
  seeded('profile only', secrets.limited, ['profile:read'], null);

  const consents = new Consents(clock);
  const codes = new AuthorizationCodes(clock);
  const devices = new DeviceCodes(clock);
  const api = new Hono();
  api.route('/', authorize(clients, consents, codes));
  api.route('/', device(clients, consents, devices));
  api.route('/', consents.routes());
  api.route('/', tokenEndpoint({ clients, grants, codes, devices }));
  api.route('/', tokenStatus(clients, grants));
  return {
    path: PATH,
    api,
    grants,
    workingToken: secrets.working,
    desk: tokenDesk({
      provider: 'oauth',
      book: grants.book,
      create: ({ scopes, ...wanted }) =>
        grants.accessToken(clients.desktop, { ...wanted, scopes: scopes.length === 0 ? SCOPES : scopes }),
      exampleScopes: 'account:read profile:read',
    }),
    announce: (url) => ({ tokens: announcedTokens(url, secrets), oauth: announcedClients(url, clients) }),
  };
}

function announcedTokens(
  url: string,
  { working, expired, limited }: Readonly<Record<'working' | 'expired' | 'limited', string>>,
): PracticeToken[] {
  const token = { provider: 'oauth', baseUrl: url + PATH, scheme: 'bearer' };
  return [
    { ...token, secret: working, note: 'Works for an hour: GET /resource answers 200.' },
    { ...token, secret: expired, note: 'Expired: GET /resource answers 401 invalid_token.' },
    { ...token, secret: limited, note: 'Lacks account:read: GET /resource answers 403 insufficient_scope.' },
  ];
}

function announcedClients(url: string, { desktop, service }: OAuthClients): PracticeOAuthClient[] {
  const entry = ({ id, secret, flows, redirectUris, scopes }: OAuthClient, note: string) => ({
    issuer: url + PATH,
    clientId: id,
    ...(secret === undefined ? {} : { clientSecret: secret }),
    flows: [...flows],
    redirectUris: [...redirectUris],
    scopes: [...scopes],
    note,
  });
  return [
    entry(desktop, 'Public: authorization code with PKCE, and device code.'),
    entry(service, 'With a secret: client credentials too, and introspection.'),
  ];
}
