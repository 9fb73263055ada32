import { describe, expect, it } from 'vitest';
import { renamedTabs } from '../../../renderer/tabs/renamed-tabs.ts';
import type { Tab } from '../../../renderer/tabs/tabs-store.ts';
import { requestSchema } from '../../../shared/requests/request.ts';

const request = (name: string, url = '/') => requestSchema.parse({ url, auth: { kind: 'token', name } });
const place = { collectionId: '/checks', path: 'a.yml', version: 'one' };
const tab: Tab = {
  id: 'a',
  appId: 'phone',
  name: 'a',
  request: request('main', '/draft'),
  saved: { place, name: 'a', request: request('MAIN') },
};
const file = { collectionId: '/checks', path: 'a.yml', versionBefore: 'one', version: 'two' };
const rename = { appId: 'phone', from: 'main', to: 'first', changed: [file] };

describe('a tab whose token is renamed', () => {
  it('follows with its draft and with what is on the disk', () => {
    expect(renamedTabs([tab], rename)).toEqual([
      {
        ...tab,
        request: request('first', '/draft'),
        saved: { place: { ...place, version: 'two' }, name: 'a', request: request('first') },
      },
    ]);
  });

  it('still knows that something else had changed its file', () => {
    const [followed] = renamedTabs([tab], { ...rename, changed: [{ ...file, versionBefore: 'another' }] });
    expect(followed?.request).toEqual(request('first', '/draft'));
    expect(followed?.saved).toEqual(tab.saved);
  });

  it.each([
    ['of another app', { ...tab, appId: 'fax' }, rename],
    ['that names another token', { ...tab, request: request('other'), saved: null }, rename],
  ])('is left as it is where it is one %s', (_what, other, given) => {
    expect(renamedTabs([other], given)).toEqual([other]);
  });
});
