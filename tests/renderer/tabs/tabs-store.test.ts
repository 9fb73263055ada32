import { beforeEach, describe, expect, it } from 'vitest';
import { useTabs } from '../../../renderer/tabs/tabs-store.ts';

const { openNew, activate, close, clear } = useTabs.getState();
const paths = () => useTabs.getState().tabs.map(({ request }) => request.url);
const shown = (appId = 'app') => {
  const { tabs, active } = useTabs.getState();
  return tabs.find(({ id }) => id === active[appId])?.request.url ?? null;
};
const idOf = (path: string) => useTabs.getState().tabs.find(({ request }) => request.url === path)?.id ?? '';

beforeEach(() => {
  clear();
  for (const url of ['/one', '/two', '/three']) openNew('app', { url });
});

describe('closing a tab', () => {
  it('shows the one after it', () => {
    activate('app', idOf('/two'));
    close(idOf('/two'));
    expect(paths()).toEqual(['/one', '/three']);
    expect(shown()).toBe('/three');
  });

  it('shows the one before it where it was the last', () => {
    close(idOf('/three'));
    expect(shown()).toBe('/two');
  });

  it('leaves what is shown where another one is closed', () => {
    close(idOf('/one'));
    expect(shown()).toBe('/three');
  });

  it('shows none of another app', () => {
    openNew('other', { url: '/other' });
    close(idOf('/other'));
    expect(shown('other')).toBeNull();
    expect(shown()).toBe('/three');
  });
});

it('remembers which request was opened to be written, until it is', () => {
  const { active, opened } = useTabs.getState();
  expect(opened).toBe(active.app);
  useTabs.getState().arrive();
  expect(useTabs.getState().opened).toBeNull();
});
