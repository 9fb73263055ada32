import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { sameName } from '../../shared/name.ts';
import type { RequestAuth } from '../../shared/requests/request.ts';
import { onlyToken } from '../../shared/tokens/default-token.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { tokenOfOtherApp } from '../tokens/token-refusals.ts';

/** The token of a request, and whether the request itself asked for it by name. */
export interface TokenChoice {
  readonly token: Token | null;
  readonly named: boolean;
}

export interface TokensOfApp {
  readonly app: App;
  readonly tokens: readonly Token[];
  /** Whether another app has a token of that name or id: it is refused as what it is. */
  readonly isOfOtherApp: (nameOrId: string) => boolean;
}

/**
 * The token that a request uses: the one that it names, else the one that its folder or collection names,
 * else the app's default, else the app's only one, else none. Only the app's own tokens are there to choose
 * from. A retired one is kept for what still asks for it by name.
 *
 * @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP`
 */
export function chooseToken(auth: RequestAuth, inherited: RequestAuth, from: TokensOfApp): TokenChoice {
  const { app, tokens } = from;
  if (auth.kind === 'none') return { token: null, named: false };
  if (auth.kind === 'token') return { token: tokenNamed(auth.name, from), named: true };
  if (inherited.kind === 'none') return { token: null, named: false };
  if (inherited.kind === 'token') return { token: tokenNamed(inherited.name, from), named: false };
  if (app.defaultToken !== null) return { token: tokenNamed(app.defaultToken, from), named: false };
  return { token: onlyToken(tokens), named: false };
}

function tokenNamed(nameOrId: string, { app, tokens, isOfOtherApp }: TokensOfApp): Token {
  const token =
    tokens.find(({ name }) => sameName(name, nameOrId)) ?? tokens.find(({ id }) => id === nameOrId);
  if (token !== undefined) return token;
  if (isOfOtherApp(nameOrId)) throw tokenOfOtherApp();
  const names = tokens.map(({ name }) => name);
  const known = names.length === 0 ? 'It has none yet.' : `It has: ${names.join(', ')}.`;
  throw new AppError('TOKEN_NOT_FOUND', `The app ${app.name} has no token called ${nameOrId}. ${known}`, {
    token: nameOrId,
    app: app.name,
  });
}
