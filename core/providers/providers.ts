import type { ProviderId } from '../../shared/providers/provider.ts';
import { airfocus } from './airfocus.ts';
import { atlassian } from './atlassian.ts';
import { cloudflare } from './cloudflare.ts';
import { digitalocean } from './digitalocean.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { jwt } from './jwt.ts';
import { npm } from './npm.ts';
import { oauth2 } from './oauth2.ts';
import { openai } from './openai.ts';
import { portsip } from './portsip.ts';
import type { Provider } from './provider.ts';
import { sipgate } from './sipgate.ts';
import { slack } from './slack.ts';
import { stripe } from './stripe.ts';
import { virtuozzo } from './virtuozzo.ts';

/** In the order in which they are offered. */
export const PROVIDERS: readonly Provider[] = [
  sipgate,
  virtuozzo,
  portsip,
  airfocus,
  github,
  gitlab,
  slack,
  stripe,
  npm,
  openai,
  atlassian,
  digitalocean,
  cloudflare,
  jwt,
  oauth2,
];

/** `null` for an app without a provider. */
export function providerOf(id: ProviderId | null): Provider | null {
  return PROVIDERS.find((provider) => provider.id === id) ?? null;
}
