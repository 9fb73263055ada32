import type { Cookie, CookieListItem } from '../../shared/cookies/cookie.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** How long a value stays on screen. */
const REVEAL_SECONDS = 30;

export function cookieHandlers({ tessera, contentProtection }: ShellContext): FeatureHandlers<'cookies'> {
  const { cookies, confirmation } = tessera;
  return {
    'cookies.list': ({ appId }) => cookies.list(appId).map(listItem),
    'cookies.reveal': ({ appId, ...key }) => {
      confirmation.require();
      const { value } = cookies.find(appId, key);
      contentProtection.protectFor(REVEAL_SECONDS);
      return { value, hidesAfter: REVEAL_SECONDS };
    },
    'cookies.set': ({ appId, cookie }) => listItem(cookies.set(appId, cookie)),
    'cookies.remove': ({ appId, ...key }) => cookies.remove(appId, key),
    'cookies.clear': ({ appId, domain }) => ({ removed: cookies.clear(appId, domain) }),
  };
}

function listItem({ value: _value, ...cookie }: Cookie): CookieListItem {
  return cookie;
}
