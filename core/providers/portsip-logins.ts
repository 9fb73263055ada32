import {
  type LoginDescriptionInput,
  type LoginPreset,
  loginDescriptionSchema,
} from '../../shared/logins/login.ts';

const CREDENTIALS = JSON.stringify({
  username: '{{username}}',
  password: '{{password}}',
  domain: '{{domain}}',
});

const ANSWER = {
  accessToken: 'access_token',
  // The documentation spells it both ways.
  refreshToken: 'refresh_token, refresh_tokne',
  expiresIn: 'expires_in',
  expiresAt: 'expires_at',
  tokenType: 'token_type',
};

const json = (members: object) => ({ kind: 'json', text: JSON.stringify(members) }) as const;
const form = (fields: Readonly<Record<string, string>>) => ({
  kind: 'form' as const,
  fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
});

function preset(id: string, name: string, description: LoginDescriptionInput): LoginPreset {
  return { id, name, description: loginDescriptionSchema.parse(description) };
}

/** The three families of logins that PortSIP documents, newest first. */
export const PORTSIP_LOGINS: readonly LoginPreset[] = [
  preset('portsip-22.2', 'PortSIP 22.2 and later', {
    signIn: { url: '/auth/sign_in', body: { kind: 'json', text: CREDENTIALS } },
    answer: ANSWER,
    twoFactor: {
      token: 'token',
      sendCode: { url: '/auth/send_otp', body: json({ token: '{{twoFactorToken}}' }) },
      verifyCode: {
        url: '/auth/verify_otp',
        body: json({ token: '{{twoFactorToken}}', code: '{{code}}' }),
      },
    },
    refresh: { url: '/auth/refresh_token', body: json({ refresh_token: '{{refreshToken}}' }) },
    endSession: { url: '/auth/sign_out', withAccessToken: true },
  }),
  preset('portsip-22.0', 'PortSIP 22.0 and 22.1', {
    signIn: { url: '/login', body: { kind: 'json', text: CREDENTIALS } },
    answer: ANSWER,
    // What a sign-in answers is not documented; what this does is.
    expiry: { method: 'GET', url: '/login', withAccessToken: true },
    endSession: { url: '/logout', withAccessToken: true },
  }),
  preset('portsip-oauth', 'PortSIP, by /login/oauth', {
    signIn: {
      url: '/login/oauth/token',
      body: form({
        grant_type: 'password',
        username: '{{username}}',
        password: '{{password}}',
        domain: '{{domain}}',
        scope: 'all',
        client_id: '{{clientId}}',
      }),
    },
    answer: ANSWER,
    refresh: {
      url: '/login/oauth/token',
      body: form({
        grant_type: 'refresh_token',
        refresh_token: '{{refreshToken}}',
        client_id: '{{clientId}}',
      }),
    },
    endSession: { url: '/login/oauth/revoke', withAccessToken: true },
  }),
];
