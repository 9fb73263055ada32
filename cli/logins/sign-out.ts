import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from '../tokens/find-token.ts';
import { listedToken } from '../tokens/listed-token.ts';

/** @param app name or id; left out, the token is named by its id */
export async function signOut(session: Session, name: string, app: string | undefined): Promise<undefined> {
  const tessera = await session.unlocked();
  const found = findToken(tessera, name, app);
  const { token, problem } = await tessera.logins.signOut(found.key, session.interruption());
  if (problem !== null)
    session.warn(`The provider may not know that the session is over: ${problem.message}`);
  session.print(
    listedToken(tessera.describeToken(token), found.app),
    `Signed out of ${printable(token.name)}. \`tessera token login\` signs in again.`,
  );
}
