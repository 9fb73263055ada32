import type Electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpiryNotifications } from '../../../electron/notifications/expiry-notifications.ts';
import type { TokenKey, TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeToken } from '../../support/sending.ts';

const { shown, RecordingNotification } = vi.hoisted(() => ({
  shown: [] as { title: string; body: string; isOpen: boolean; emit: (name: string) => boolean }[],
  RecordingNotification: { isSupported: () => true } as Pick<typeof Electron.Notification, 'isSupported'>,
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class Notification extends EventEmitter {
    static readonly isSupported = () => RecordingNotification.isSupported();
    isOpen = false;
    readonly title: string;
    readonly body: string;
    constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions) {
      super();
      this.title = title;
      this.body = body;
    }
    show(): void {
      this.isOpen = true;
      shown.push(this);
    }
    close(): void {
      this.isOpen = false;
      this.emit('close');
    }
  }
  return { Notification };
});

const NOW = new Date('2026-06-01T12:00:00Z');

function ending(name: string): TokenListItem {
  const token = makeToken({ name, expiresAt: '2026-06-04T12:00:00Z' });
  return { ...token, state: tokenState(token, NOW) };
}

const opened: (TokenKey | null)[] = [];
const notifications = () =>
  new ExpiryNotifications({ appName: () => 'Phone', open: (token) => opened.push(token) });

beforeEach(() => {
  shown.length = 0;
  opened.length = 0;
  RecordingNotification.isSupported = () => true;
});

describe('a notification of expiry', () => {
  it('names the token and its app, and opens it when it is clicked', () => {
    const token = ending('main');
    notifications().say([token]);
    expect(shown.map(({ title, body }) => [title, body])).toEqual([
      ['main: expires in 3 days', 'Phone. Make a new one at the provider.'],
    ]);
    shown[0]?.emit('click');
    expect(opened).toEqual([{ appId: token.appId, tokenId: token.id }]);
  });

  it('is one for many at once, and leads to Home', () => {
    notifications().say(['a', 'b', 'c', 'd'].map(ending));
    expect(shown.map(({ title }) => title)).toEqual(['4 tokens expire soon, or have']);
    shown[0]?.emit('click');
    expect(opened).toEqual([null]);
  });

  it('says a number and no names while the vault is locked', () => {
    notifications().saySealed(1);
    notifications().saySealed(2);
    expect(shown.map(({ title, body }) => `${title} ${body}`)).toEqual([
      'A token expires soon, or has Unlock Tessera to see more.',
      '2 tokens expire soon, or have Unlock Tessera to see more.',
    ]);
  });

  it('is taken off the screen with the lock', () => {
    const saying = notifications();
    saying.say([ending('main'), ending('other')]);
    saying.closeAll();
    expect(shown.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });

  it('is none where the system has none', () => {
    RecordingNotification.isSupported = () => false;
    notifications().say([ending('main')]);
    expect(shown).toEqual([]);
  });
});
