import { beforeEach, describe, expect, it } from 'vitest';
import { useSends } from '../../../renderer/requests/sends-store.ts';
import type { LiveResponse } from '../../../shared/requests/response.ts';

const { begin, progress, end, forget } = useSends.getState();
const sendOf = (tabId: string) => useSends.getState().sends[tabId];
const live: LiveResponse = { responseId: 'r', status: 200, statusText: 'OK', mediaType: 'text/plain' };
const failed = { answer: null, error: new Error('no network') };

beforeEach(() => {
  for (const tabId of Object.keys(useSends.getState().sends)) forget(tabId);
});

describe('what a tab sends', () => {
  it('is waited for until it ends', () => {
    begin('one', 'a', {});
    expect(sendOf('one')?.isPending).toBe(true);
    expect(end('one', 'a', failed)).toBe(true);
    expect(sendOf('one')).toMatchObject({ isPending: false, error: failed.error });
  });

  it('grows with what arrives, in its own tab alone', () => {
    begin('one', 'a', {});
    begin('two', 'b', {});
    progress({ sendId: 'b', receivedBytes: 12, live });
    expect(sendOf('two')).toMatchObject({ receivedBytes: 12, live });
    expect(sendOf('one')).toMatchObject({ receivedBytes: 0, live: null });
  });

  it('is not what came of the time before', () => {
    begin('one', 'a', { sendExpired: true });
    begin('one', 'b', {});
    expect(end('one', 'a', failed)).toBe(false);
    expect(sendOf('one')).toMatchObject({ sendId: 'b', anyway: {}, isPending: true, error: null });
  });

  it('is nothing any more once its tab is forgotten', () => {
    begin('one', 'a', {});
    forget('one');
    progress({ sendId: 'a', receivedBytes: 12, live });
    expect(end('one', 'a', failed)).toBe(false);
    expect(sendOf('one')).toBeUndefined();
  });
});
