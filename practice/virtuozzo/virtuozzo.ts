import { type Context, Hono } from 'hono';
import type { PracticeToken } from '../../shared/practice/practice.ts';
import type { PracticeProvider, PracticeWorld } from '../practice-provider.ts';
import { type Fields, formFields } from '../request-fields.ts';
import { tokenDesk } from '../token-desk.ts';
import { ALL_METHODS, type ApiMethodName, CUSTOM } from './api-methods.ts';
import { done, failed, invalidParameter, type PlatformAnswer, RESULT } from './platform-answer.ts';
import {
  createToken,
  deleteTokens,
  editToken,
  getTokenApiList,
  getTokens,
  getTokenTemplates,
  regenerateToken,
  type TokenCall,
} from './token-calls.ts';
import { VirtuozzoAccount } from './virtuozzo-account.ts';

const PATH = '/1.0';
const ENVIRONMENT = 'practice-env';

type Call = (call: TokenCall) => PlatformAnswer;

/** Each endpoint that wants a `session`, with the name of its method. */
const CALLS: readonly (readonly [string, ApiMethodName, Call])[] = [
  ['/users/account/rest/getuserinfo', 'users.account.GetUserInfo', getUserInfo],
  ['/environment/control/rest/stopenv', 'environment.control.StopEnv', stopEnv],
  ['/users/authentication/rest/signout', 'users.authentication.Signout', signOut],
  ['/users/authentication/rest/createtoken', 'users.authentication.CreateToken', createToken],
  ['/users/authentication/rest/edittoken', 'users.authentication.EditToken', editToken],
  ['/users/authentication/rest/regeneratetoken', 'users.authentication.RegenerateToken', regenerateToken],
  ['/users/authentication/rest/deletetokens', 'users.authentication.DeleteTokens', deleteTokens],
  ['/users/authentication/rest/gettokens', 'users.authentication.GetTokens', getTokens],
  [
    '/users/authentication/rest/gettokentemplates',
    'users.authentication.GetTokenTemplates',
    getTokenTemplates,
  ],
  ['/users/authentication/rest/gettokenapilist', 'users.authentication.GetTokenApiList', getTokenApiList],
];

/** Virtuozzo Application Platform: the token is the parameter `session`, and the status is 200 whatever happens. */
export function openVirtuozzo({ seed, clock, lifetimes }: PracticeWorld): PracticeProvider {
  const account = new VirtuozzoAccount(seed, clock);
  const secrets = {
    working: seed.hex('virtuozzo', 20),
    expired: seed.hex('virtuozzo expired', 20),
    limited: seed.hex('virtuozzo limited', 20),
  };
  const all = { template: 'Extended Access', methods: ALL_METHODS };
  account.create({ description: 'main', ...all, expiresAt: null }, secrets.working);
  account.create({ description: 'expired', ...all, expiresAt: clock.now() - 1000 }, secrets.expired);
  const stopOnly = { template: CUSTOM, methods: ['environment.control.StopEnv'] };
  account.create({ description: 'stop only', ...stopOnly, expiresAt: null }, secrets.limited);

  const api = new Hono();
  onGetAndPost(api, '/users/authentication/rest/signin', ({ login = '', password = '' }) => {
    const session = account.signIn(login, password, lifetimes.of('virtuozzo', 3600));
    if (session === null) return failed(RESULT.authenticationFailed, 'authentication failed');
    return done({ uid: 1, session, email: account.login, name: 'Practice User' });
  });
  for (const [path, method, call] of CALLS) {
    onGetAndPost(api, path, (fields) => {
      const caller = account.book.use(fields.session ?? '');
      if (caller === null) return invalidParameter('session');
      if (!caller.scopes.includes(method)) {
        return failed(RESULT.permissionDenied, 'permission denied', `the token may not call ${method}`);
      }
      return call({ account, clock, fields, caller });
    });
  }
  const { password, login } = account;
  return {
    path: PATH,
    api,
    desk: tokenDesk({
      provider: 'virtuozzo',
      book: account.book,
      create: ({ name, scopes, expiresAt }) => {
        const methods = scopes.filter((scope) => ALL_METHODS.includes(scope));
        const access = methods.length === 0 ? all : { template: CUSTOM, methods };
        return account.create({ description: name, ...access, expiresAt });
      },
      exampleScopes: 'environment.control.StopEnv',
    }),
    announce: (url) => ({
      tokens: announcedTokens(url + PATH, secrets),
      logins: [
        {
          provider: 'virtuozzo',
          baseUrl: url + PATH,
          username: login,
          password,
          note: 'POST /users/authentication/rest/signin. Its password is asked for when a token is changed.',
        },
      ],
    }),
  };
}

/** Parameters stand in the query or in a form body. */
function onGetAndPost(api: Hono, path: string, answer: (fields: Fields) => PlatformAnswer): void {
  api.on(['GET', 'POST'], path, async (context: Context) =>
    context.json(answer({ ...context.req.query(), ...(await formFields(context.req)) })),
  );
  api.all(path, (context) => context.json({ error: 'method not allowed' }, 405, { Allow: 'GET, POST' }));
}

function getUserInfo({ account }: TokenCall): PlatformAnswer {
  return done({ uid: 1, email: account.login, name: 'Practice User', status: 1 });
}

function stopEnv({ fields }: TokenCall): PlatformAnswer {
  if (!fields.envName) return invalidParameter('envName');
  if (fields.envName === ENVIRONMENT) return done();
  return failed(RESULT.noSuchApplication, `application [${fields.envName}] does not exist`);
}

function signOut({ account, caller }: TokenCall): PlatformAnswer {
  if (caller.details.kind === 'session') account.book.remove(caller);
  return done();
}

function announcedTokens(
  baseUrl: string,
  { working, expired, limited }: Readonly<Record<'working' | 'expired' | 'limited', string>>,
): PracticeToken[] {
  const token = { provider: 'virtuozzo', baseUrl, scheme: 'query', field: 'session' };
  return [
    { ...token, secret: working, note: 'Works: /users/account/rest/getuserinfo answers result 0.' },
    { ...token, secret: expired, note: 'Expired: every request answers result 3.' },
    {
      ...token,
      secret: limited,
      note: `May only stop environments (${ENVIRONMENT}): getuserinfo answers result 8202.`,
    },
  ];
}
