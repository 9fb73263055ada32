import { jsonField } from './json-field.ts';
import type { Provider, ProviderAnswer, Verdict } from './provider.ts';
import { identityOf, isSuccess, jsonAt, known } from './read-answer.ts';
import { VIRTUOZZO_LOGINS } from './virtuozzo-logins.ts';
import { TOKEN_TEMPLATES, templateScope, virtuozzoTokens } from './virtuozzo-tokens.ts';

const HINTS: Readonly<Record<number, string>> = {
  3: 'The platform does not accept the session parameter: the token is wrong, or was regenerated or removed.',
  5: 'The platform did not find what the request names.',
  11: 'There is no application with this ID. Check the appid or envName parameter.',
  701: 'Signing in failed. Check user name and password.',
  8202: 'The token may not call this method. Give it the method in the list of API methods, or use another template.',
};

/** The platform answers 200 to almost everything: whether it worked is in the field `result`. */
function hint(status: number, body?: unknown): string | null {
  const result = jsonField(body, 'result');
  if (typeof result === 'number' && result !== 0) {
    const meaning = HINTS[result] ?? 'The field "error" of the answer says why.';
    return `This is an error: result ${result}, although the status is ${status}. ${meaning}`;
  }
  if (status === 404) return 'This path does not exist. Check the platform domain; paths start with /1.0/.';
  return null;
}

/** What a check may meet: 3 names the parameter session, 701 is a sign-in that failed, 8202 a missing method. */
function judge({ status, body }: ProviderAnswer): Verdict {
  const result = jsonField(body, 'result');
  if (!isSuccess(status) || typeof result !== 'number') return 'unclear';
  if (result === 0) return 'accepted';
  if (result === 8202) return 'limited';
  return result === 3 || result === 701 ? 'refused' : 'unclear';
}

export const virtuozzo: Provider = {
  id: 'virtuozzo',
  name: 'Virtuozzo Application Platform',
  group: 'cloud',
  baseUrls: [{ url: 'https://app.{platformDomain}/1.0', label: 'Platform API' }],
  variables: [{ name: 'platformDomain', label: 'Platform domain', placeholder: 'cloud.example.com' }],
  // In the URL or in a form body; no header is documented.
  schemes: [
    { scheme: 'query', field: 'session', labels: { secret: 'Access token' } },
    { scheme: 'login', labels: { secret: 'Password' } },
  ],
  logins: VIRTUOZZO_LOGINS,
  prefixes: [],
  formats: [],
  // What a token may do is set method by method, or by a template. What a template admits is for the platform
  // to say: it stands among the scopes under its name.
  scopes: [
    'users.account.GetUserInfo',
    'environment.control.GetEnvs',
    'environment.control.GetEnvInfo',
    'environment.control.CreateEnvironment',
    'environment.control.StartEnv',
    'environment.control.StopEnv',
    'environment.control.SleepEnv',
    'environment.control.DeleteEnv',
    'environment.control.RedeployContainersByGroup',
    'users.authentication.CreateToken',
    'users.authentication.EditToken',
    'users.authentication.RegenerateToken',
    'users.authentication.DeleteTokens',
    'users.authentication.GetTokens',
    'users.authentication.GetTokenTemplates',
    'users.authentication.GetTokenApiList',
    'users.authentication.Signout',
  ],
  scopeSets: TOKEN_TEMPLATES.map((name) => ({ name, scopes: [templateScope(name)] })),
  check: { method: 'GET', path: '/users/account/rest/getuserinfo' },
  tokenPage: null,
  documentation: 'https://docs.jelastic.com/api/',
  dayEnd: 'utc',
  actions: ['list', 'create', 'edit', 'regenerate', 'revoke'],
  rateLimit: null,
  hint,
  judge,
  readFacts: ({ body }) => known({ identity: identityOf(jsonAt(body, 'name'), jsonAt(body, 'email')) }),
  manage: virtuozzoTokens,
};
