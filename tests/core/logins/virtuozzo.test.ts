import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VIRTUOZZO_LOGINS } from '../../../core/providers/virtuozzo-logins.ts';
import { Obtainer } from '../../support/obtaining.ts';
import { PracticeApi } from '../../support/practice-api.ts';

const CHECK = '/users/account/rest/getuserinfo';

let practice: PracticeApi;
let app: Obtainer;

beforeEach(async () => {
  practice = await PracticeApi.start();
  const [login] = practice.server.logins.filter(({ provider }) => provider === 'virtuozzo');
  app = await Obtainer.create({ provider: 'virtuozzo', baseUrl: login?.baseUrl ?? '' });
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await practice[Symbol.asyncDispose]();
});

function addLogin(change: { password?: string } = {}) {
  const login = practice.server.logins.find(({ provider }) => provider === 'virtuozzo');
  const description = VIRTUOZZO_LOGINS[0]?.description;
  if (login === undefined || description === undefined) throw new Error('No login is announced.');
  return app.addLogin(description, change.password ?? login.password, { username: login.username });
}

describe('a session of Virtuozzo', () => {
  it('is got by user name and password, and sent as a parameter', async () => {
    addLogin();
    const { text } = await app.send({ url: CHECK });
    expect(JSON.parse(text)).toMatchObject({ result: 0 });
  });

  it('is not got by a wrong password, though the status is 200', async () => {
    await expect(app.signIn(addLogin({ password: 'wrong-one-3f' }))).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('result is 701'),
    });
  });

  it('is over after the sign-out', async () => {
    const token = await app.signIn(addLogin());
    const session = app.secrets().at(-1) ?? '';
    const key = { appId: app.appId, tokenId: token.id };
    const { problem } = await app.tessera.logins.signOut(key, new AbortController().signal);
    expect(problem).toBeNull();
    const answer = await fetch(`${app.tessera.apps.get(app.appId).baseUrl}${CHECK}?session=${session}`);
    expect((await answer.json()).result).not.toBe(0);
  });
});
