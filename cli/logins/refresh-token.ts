import type { Session } from '../session.ts';
import { findToken } from '../tokens/find-token.ts';
import { printConnected } from './sign-in.ts';

/** @param app name or id; left out, the token is named by its id */
export async function refreshToken(
  session: Session,
  name: string,
  app: string | undefined,
): Promise<undefined> {
  const tessera = await session.unlocked();
  const found = findToken(tessera, name, app);
  const token = await tessera.logins.renewNow(found.key, session.interruption());
  printConnected(session, tessera.describeToken(token), found.app);
}
