import type { Session } from '../session.ts';
import { findToken } from './find-token.ts';

/** Writes the secret to standard output, for its owner. */
export async function revealToken(
  session: Session,
  name: string,
  app: string | undefined,
): Promise<undefined> {
  const tessera = await session.confirmed();
  const { key, token } = findToken(tessera, name, app);
  const secret = tessera.tokens.secrets.open(key);
  try {
    // As it is, for pipes: a secret has no control characters that could drive a terminal.
    const text = secret.toString('utf8');
    session.print({ id: token.id, name: token.name, secret: text }, text);
  } finally {
    secret.fill(0);
  }
}
