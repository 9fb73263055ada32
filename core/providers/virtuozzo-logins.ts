import { type LoginPreset, loginDescriptionSchema } from '../../shared/logins/login.ts';

/** A session by user name and password. The platform answers 200 to everything: `result` says whether it worked. */
export const VIRTUOZZO_LOGINS: readonly LoginPreset[] = [
  {
    id: 'virtuozzo-session',
    name: 'Virtuozzo session',
    description: loginDescriptionSchema.parse({
      signIn: {
        url: '/users/authentication/rest/signin',
        body: {
          kind: 'form',
          fields: [
            { name: 'login', value: '{{username}}' },
            { name: 'password', value: '{{password}}' },
          ],
        },
      },
      answer: { accessToken: 'session' },
      success: { path: 'result', value: '0' },
      endSession: { url: '/users/authentication/rest/signout', withAccessToken: true },
      sentAs: { place: 'query', name: 'session' },
    }),
  },
];
