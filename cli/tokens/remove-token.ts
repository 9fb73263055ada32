import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';

/**
 * All of them, or none where one is not there.
 *
 * @param app name or id; left out, tokens are named by their ids
 */
export async function removeTokens(
  session: Session,
  names: readonly string[],
  app: string | undefined,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const found = names.map((name) => findToken(tessera, name, app));
  tessera.tokens.removed.forget(tessera.tokens.removeSeveral(found.map(({ key }) => key)));
  const removed = found.map(({ token }) => token);
  const [only, ...others] = removed;
  session.print(
    { removed: others.length === 0 ? only?.id : removed.map(({ id }) => id) },
    removed.length === 1
      ? `Removed ${printable(only?.name ?? '')}. It stays valid at its provider until it is revoked there.`
      : `Removed ${removed.map(({ name }) => printable(name)).join(', ')}. They stay valid at their provider until they are revoked there.`,
  );
}
