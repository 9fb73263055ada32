import { setTimeout } from 'node:timers/promises';
import * as oauth4webapi from 'oauth4webapi';
import { AppError } from '../../shared/app-error.ts';
import type { OAuthClient, OAuthContext } from './oauth-client.ts';
import type { OAuthSteps } from './oauth-steps.ts';

/** As RFC 8628 says where a server does not. */
const INTERVAL_SECONDS = 5;
const SLOW_DOWN_SECONDS = 5;

/**
 * Device code (RFC 8628): shows a code that is entered on a page elsewhere, and asks until that was done.
 *
 * @throws AppError `CANCELLED`; `LOGIN_FAILED` where it is declined, or the code's time is over
 */
export async function authorizeByDevice(
  { server, client, authentication, options }: OAuthClient,
  context: OAuthContext,
  steps: OAuthSteps,
): Promise<oauth4webapi.TokenEndpointResponse> {
  const scope: Record<string, string> =
    context.scopes.length === 0 ? {} : { scope: context.scopes.join(' ') };
  const started = await oauth4webapi.deviceAuthorizationRequest(
    server,
    client,
    authentication,
    scope,
    options,
  );
  const device = await oauth4webapi.processDeviceAuthorizationResponse(server, client, started);
  steps.showCode({
    userCode: device.user_code,
    verificationUrl: device.verification_uri,
    completeUrl: device.verification_uri_complete ?? null,
    expiresAt: new Date(context.now().getTime() + device.expires_in * 1000).toISOString(),
  });
  let seconds = device.interval ?? INTERVAL_SECONDS;
  for (;;) {
    await wait(seconds, context.signal);
    const answer = await oauth4webapi.deviceCodeGrantRequest(
      server,
      client,
      authentication,
      device.device_code,
      options,
    );
    try {
      return await oauth4webapi.processDeviceCodeResponse(server, client, answer);
    } catch (error) {
      if (!(error instanceof oauth4webapi.ResponseBodyError)) throw error;
      if (error.error === 'slow_down') seconds += SLOW_DOWN_SECONDS;
      else if (error.error !== 'authorization_pending') throw error;
    }
  }
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(seconds * 1000, undefined, { signal });
  } catch {
    throw new AppError('CANCELLED', 'The sign-in was cancelled.');
  }
}
