import type { App } from '../apps/app.ts';
import { sameName } from '../name.ts';
import type { Token } from './token.ts';

/** Whether requests of its app that name no token use this one. */
export function isDefaultToken(
  { id, name }: Pick<Token, 'id' | 'name'>,
  { defaultToken }: Pick<App, 'defaultToken'>,
): boolean {
  return defaultToken !== null && (sameName(name, defaultToken) || id === defaultToken);
}

/** What requests take that name none where their app has no default: its only token. A retired one is that for nobody. */
export function onlyToken<Some extends Pick<Token, 'retiresAt'>>(tokens: readonly Some[]): Some | null {
  const [only = null, ...others] = tokens.filter(({ retiresAt }) => retiresAt === null);
  return others.length === 0 ? only : null;
}

/** By what name a request uses a token that names none; `null`: it goes without one. @param tokens all of the app */
export function usualTokenName(
  { defaultToken }: Pick<App, 'defaultToken'>,
  tokens: readonly Pick<Token, 'name' | 'retiresAt'>[],
): string | null {
  return defaultToken ?? onlyToken(tokens)?.name ?? null;
}

/**
 * What removing tokens means to the app's requests that name none, in words; `null` where nothing changes.
 *
 * @param tokens all of the app, those that are removed among them
 */
export function describeLostDefault(
  app: Pick<App, 'name' | 'defaultToken'>,
  tokens: readonly Pick<Token, 'id' | 'name' | 'retiresAt'>[],
  removed: ReadonlySet<string>,
): string | null {
  const lost = tokens.find((token) => removed.has(token.id) && isDefaultToken(token, app));
  if (lost === undefined) return null;
  const only = onlyToken(tokens.filter(({ id }) => !removed.has(id)));
  const next = only === null ? 'go without one' : `use ${only.name}, its only one`;
  return `${app.name} loses its default token, ${lost.name}: requests that name no token ${next}.`;
}
