import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../page/page.ts';
import { formFields } from '../request-fields.ts';
import { issuerOf } from './authorize.ts';
import type { Consents } from './consents.ts';
import { DEVICE_SECONDS, type DeviceCodes, POLL_SECONDS } from './device-codes.ts';
import { authenticate, type OAuthClients, oauthForm, wantedScopes } from './oauth-clients.ts';
import { oauthError } from './oauth-error.ts';

/** The device flow (RFC 8628): what the device asks for, and the page where the user enters its code. */
export function device(clients: OAuthClients, consents: Consents, codes: DeviceCodes): Hono {
  const api = new Hono();
  api.post('/device_authorization', async (context) => {
    const fields = await oauthForm(context);
    if (fields instanceof Response) return fields;
    const client = authenticate(context, clients, fields);
    if (client instanceof Response) return client;
    if (!client.flows.includes('device_code')) {
      return oauthError(context, 'unauthorized_client', 'not for this client');
    }
    const scopes = wantedScopes(client, fields.scope);
    if (scopes === null) return oauthError(context, 'invalid_scope', 'a scope is unknown');
    const { deviceCode, userCode } = codes.begin(client, scopes);
    const page = `${issuerOf(context)}/device`;
    context.header('Cache-Control', 'no-store');
    return context.json({
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${userCode}`,
      expires_in: DEVICE_SECONDS,
      interval: POLL_SECONDS,
    });
  });
  api.get('/device', (context) => askForCode(context, context.req.query('user_code') ?? ''));
  api.post('/device', async (context) => {
    const { user_code = '' } = await formFields(context.req);
    const login = codes.waiting(user_code);
    if (login === null) {
      return askForCode(context, user_code, 'This code is not known, was used, or its time is over.');
    }
    return consents.ask(context, {
      client: login.client,
      scopes: login.scopes,
      decide: (decided, allowed) => {
        login.decision = allowed ? 'allowed' : 'denied';
        const what = allowed ? 'is connected' : 'was refused';
        return page(decided, 'Done', html`<p>${login.client.name} ${what}. This page can be closed.</p>`);
      },
    });
  });
  return api;
}

function askForCode(context: Context, userCode: string, problem?: string) {
  return page(
    context,
    'Connect a device',
    html`<p>${problem ?? 'Enter the code that the device shows.'}</p>
    <form method="post" action="/oauth/device">
      <label>Code <input name="user_code" value="${userCode}" autocomplete="off" spellcheck="false" required autofocus></label>
      <button class="main">Go on</button>
    </form>`,
    problem === undefined ? 200 : 400,
  );
}
