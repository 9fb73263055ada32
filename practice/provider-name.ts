/** The parts of the practice API that have tokens, limits and lifetimes of their own. */
export const PROVIDER_NAMES = ['sipgate', 'virtuozzo', 'portsip', 'airfocus', 'oauth', 'acme'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

export const PROVIDER_TITLES: Readonly<Record<ProviderName, string>> = {
  sipgate: 'sipgate',
  virtuozzo: 'Virtuozzo',
  portsip: 'PortSIP',
  airfocus: 'airfocus',
  oauth: 'OAuth 2.0',
  acme: 'Acme',
};

export function isProviderName(text: string): text is ProviderName {
  return PROVIDER_NAMES.some((name) => name === text);
}
