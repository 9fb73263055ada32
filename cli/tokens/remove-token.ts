import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** @param app name or id; left out, the token is named by its id */
export async function removeToken(
  session: Session,
  nameOrId: string,
  app: string | undefined,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const token = app === undefined ? byId(tessera, nameOrId) : byName(tessera, app, nameOrId);
  tessera.tokens.remove({ appId: token.appId, tokenId: token.id });
  session.print(
    { removed: token.id },
    `Removed ${printable(token.name)}. It stays valid at its provider until it is revoked there.`,
  );
}

function byName({ apps, tokens }: Tessera, app: string, nameOrId: string): Token {
  return tokens.find(apps.find(app).id, nameOrId);
}

function byId({ tokens }: Tessera, id: string): Token {
  const token = tokens.list(null).find((each) => each.id === id);
  if (token !== undefined) return token;
  throw new AppError(
    'TOKEN_NOT_FOUND',
    'No token has this id. To name one by its name, say whose: --app APP.',
  );
}
