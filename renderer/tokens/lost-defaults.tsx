import { describeLostDefault } from '../../shared/tokens/default-token.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { useApps, useTokens } from '../api/queries.ts';
import { Banner } from '../ui/banner.tsx';

/** What it means to requests that name no token if these go. Nothing where no app's default is among them. */
export function LostDefaults({ tokens }: { readonly tokens: readonly TokenListItem[] }) {
  const { data: apps = [] } = useApps();
  const { data: all = [] } = useTokens(null);
  const removed = new Set(tokens.map(({ id }) => id));
  const owners = apps.filter(({ id }) => tokens.some(({ appId }) => appId === id));
  return owners.map((app) => {
    const ofApp = all.filter(({ appId }) => appId === app.id);
    const lost = describeLostDefault(app, ofApp, removed);
    return lost === null ? null : (
      <Banner key={app.id} tone="warn">
        {lost}
      </Banner>
    );
  });
}
