import type { AuthorizationServer, Client, ClientAuth } from 'oauth4webapi';
import * as oauth4webapi from 'oauth4webapi';
import { AppError } from '../../shared/app-error.ts';
import { isLoopbackHost } from '../../shared/apps/allowed-origin.ts';
import type { OAuth } from '../../shared/logins/oauth.ts';
import { type LoginExchange, sendLoginMessage } from '../logins/login-exchange.ts';
import { type Quote, quoteWithout } from '../logins/quote.ts';
import type { SecretBundle } from '../logins/secret-bundle.ts';
import { explained } from './oauth-error.ts';

/** One token's client at its authorization server, and how to reach it. */
export interface OAuthContext extends LoginExchange {
  readonly oauth: OAuth;
  readonly scopes: readonly string[];
  readonly now: () => Date;
}

/** How oauth4webapi sends. */
interface OAuthTransport {
  readonly [oauth4webapi.customFetch]: ReturnType<typeof fetchOver>;
  readonly [oauth4webapi.allowInsecureRequests]: true;
}

/** What every call of oauth4webapi wants. */
export interface OAuthClient {
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly authentication: ClientAuth;
  readonly options: OAuthTransport;
}

/** @throws AppError as `sendLoginMessage`, `LOGIN_FAILED` where the issuer's metadata cannot be used */
export async function openOAuthClient(context: OAuthContext, bundle: SecretBundle): Promise<OAuthClient> {
  const { oauth } = context;
  const options: OAuthTransport = {
    [oauth4webapi.customFetch]: fetchOver(context),
    // What is not encrypted is refused by `fetchOver`, but for this computer.
    [oauth4webapi.allowInsecureRequests]: true,
  };
  return {
    server: await findServer(oauth, options, quoteWithout([], context)),
    client: { client_id: oauth.clientId },
    authentication: clientAuthentication(oauth, bundle.clientSecret?.toString() ?? ''),
    options,
  };
}

/** Fetch as oauth4webapi wants it, over the app's connections and to its allowed origins. */
function fetchOver(exchange: LoginExchange) {
  return async (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: URLSearchParams | undefined },
  ): Promise<Response> => {
    const target = new URL(url);
    if (target.protocol !== 'https:' && !isLoopbackHost(target.hostname)) {
      throw new AppError(
        'LOGIN_FAILED',
        `The authorization server names an endpoint without encryption, ${target.origin}. Nothing was sent there.`,
        { origin: target.origin },
      );
    }
    const { status, headers, body } = await sendLoginMessage(
      {
        url: target,
        method: init.method,
        headers: Object.entries(init.headers),
        body: init.body === undefined ? null : Buffer.from(init.body.toString()),
      },
      exchange,
    );
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    return new Response(hasBody ? new Uint8Array(body) : null, {
      status,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
}

function clientAuthentication({ clientAuthentication: kind }: OAuth, secret: string): ClientAuth {
  switch (kind) {
    case 'basic':
      return oauth4webapi.ClientSecretBasic(secret);
    case 'post':
      return oauth4webapi.ClientSecretPost(secret);
    case 'none':
      return oauth4webapi.None();
  }
}

/** The endpoints that were given, and for the rest what the issuer publishes. */
async function findServer(oauth: OAuth, options: OAuthTransport, quote: Quote): Promise<AuthorizationServer> {
  const given = givenEndpoints(oauth);
  if (oauth.issuer === null) return { issuer: new URL(oauth.tokenEndpoint ?? '').origin, ...given };
  const published = await discover(new URL(oauth.issuer), options, quote);
  return { ...published, ...given };
}

function givenEndpoints(oauth: OAuth): Partial<AuthorizationServer> {
  const endpoints = {
    authorization_endpoint: oauth.authorizationEndpoint,
    token_endpoint: oauth.tokenEndpoint,
    device_authorization_endpoint: oauth.deviceEndpoint,
    revocation_endpoint: oauth.revocationEndpoint,
  };
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => url !== null));
}

/** By RFC 8414, else by OpenID Connect Discovery. */
async function discover(issuer: URL, options: OAuthTransport, quote: Quote): Promise<AuthorizationServer> {
  const ask = (algorithm: 'oauth2' | 'oidc') =>
    oauth4webapi.discoveryRequest(issuer, { ...options, algorithm });
  try {
    const answer = await ask('oauth2');
    const found = answer.status === 404 ? await ask('oidc') : answer;
    return await oauth4webapi.processDiscoveryResponse(issuer, found);
  } catch (error) {
    throw await explained(error, `The metadata of ${issuer.href} cannot be used`, quote);
  }
}
