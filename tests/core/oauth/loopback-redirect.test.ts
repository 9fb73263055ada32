import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LoopbackRedirect } from '../../../core/oauth/loopback-redirect.ts';

const never = () => new AbortController().signal;

/** As any client may ask, whatever it calls the host. */
function ask(url: string, options: { method?: string; host?: string } = {}): Promise<number> {
  const { method = 'GET', host = new URL(url).host } = options;
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { host } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}

afterEach(() => vi.useRealTimers());

describe('the redirect of a sign-in', () => {
  it('takes one answer, with its state', async () => {
    await using redirect = await LoopbackRedirect.listen();
    const answer = redirect.answer('the-state', never());
    expect(await ask(`${redirect.uri}?code=1&state=the-state`)).toBe(200);
    expect((await answer).get('code')).toBe('1');
    expect(await ask(`${redirect.uri}?code=2&state=the-state`)).toBe(400);
  });

  it('is not led here by a name of another host, nor by another method', async () => {
    await using redirect = await LoopbackRedirect.listen();
    const answer = redirect.answer('the-state', never());
    const url = `${redirect.uri}?code=1&state=the-state`;
    expect(await ask(url, { host: 'evil.example' })).toBe(404);
    expect(await ask(url, { host: `localhost:${new URL(url).port}` })).toBe(404);
    expect(await ask(url, { method: 'POST' })).toBe(404);
    expect(await ask(url)).toBe(200);
    await answer;
  });

  it('answers with a page that can do nothing, and is not kept', async () => {
    await using redirect = await LoopbackRedirect.listen();
    const answer = redirect.answer('the-state', never());
    const page = await fetch(`${redirect.uri}?error=access_denied&state=the-state`);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(await page.text()).toContain('declined');
    await answer;
  });

  it('ends with what is waiting for it', async () => {
    const cancel = new AbortController();
    await using redirect = await LoopbackRedirect.listen();
    const answer = redirect.answer('the-state', cancel.signal);
    cancel.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is not begun where it was cancelled before', async () => {
    await using redirect = await LoopbackRedirect.listen();
    await expect(redirect.answer('the-state', AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('is waited for five minutes', async () => {
    await using redirect = await LoopbackRedirect.listen();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = redirect.answer('the-state', never());
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    await expect(answer).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('five minutes'),
    });
  });

  it('listens on the one address alone that it names', async () => {
    await using redirect = await LoopbackRedirect.listen();
    await expect(ask(redirect.uri.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
  });
});
