import { providerOf } from '../../core/providers/providers.ts';
import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { DayEnd } from '../../shared/tokens/expiry-date.ts';
import { keyOf, type Token, type TokenKey } from '../../shared/tokens/token.ts';

export interface FoundToken {
  readonly token: Token;
  readonly app: App;
  readonly key: TokenKey;
  /** Whose midnight ends its dates; `undefined`: no provider says so. */
  readonly dayEnd: DayEnd | undefined;
}

/**
 * @param app name or id; left out, the token is named by its id
 * @throws AppError `APP_NOT_FOUND`, `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP`
 */
export function findToken({ apps, tokens }: Tessera, nameOrId: string, app: string | undefined): FoundToken {
  const token =
    app === undefined
      ? tokens.list(null).find(({ id }) => id === nameOrId)
      : tokens.find(apps.find(app).id, nameOrId);
  if (token === undefined) {
    throw new AppError(
      'TOKEN_NOT_FOUND',
      'No token has this id. To name one by its name, say whose: --app APP.',
    );
  }
  const owner = apps.get(token.appId);
  return {
    token,
    app: owner,
    key: keyOf(token),
    dayEnd: providerOf(token.provider ?? owner.provider)?.dayEnd,
  };
}

/** Each once, however often it is named. @throws AppError as above */
export function findTokens(
  tessera: Tessera,
  namesOrIds: readonly string[],
  app: string | undefined,
): FoundToken[] {
  const found = namesOrIds.map((nameOrId) => findToken(tessera, nameOrId, app));
  return [...new Map(found.map((each) => [each.token.id, each])).values()];
}
