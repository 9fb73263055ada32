import type { Tessera } from '../../core/tessera.ts';
import { describeLostDefault } from '../../shared/tokens/default-token.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { type FoundToken, findTokens } from './find-token.ts';

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
  const found = findTokens(tessera, names, app);
  const lost = lostDefaults(tessera, found);
  tessera.tokens.removed.forget(tessera.tokens.removeSeveral(found.map(({ key }) => key)));
  const removed = found.map(({ token }) => token);
  const [only, ...others] = removed;
  for (const { text } of lost) session.warn(text);
  session.print(
    {
      removed: others.length === 0 ? only?.id : removed.map(({ id }) => id),
      defaultOf: lost.map(({ app }) => app),
    },
    removed.length === 1
      ? `Removed ${printable(only?.name ?? '')}. It stays valid at its provider until it is revoked there.`
      : `Removed ${removed.map(({ name }) => printable(name)).join(', ')}. They stay valid at their provider until they are revoked there.`,
  );
}

/** The apps whose default token is among these, and what that means to their requests. */
export function lostDefaults({ tokens }: Tessera, found: readonly FoundToken[]) {
  const removed = new Set(found.map(({ token }) => token.id));
  const apps = new Map(found.map(({ app }) => [app.id, app]));
  return [...apps.values()].flatMap((app) => {
    const text = describeLostDefault(app, tokens.list(app.id), removed);
    return text === null ? [] : [{ app: app.name, text }];
  });
}
