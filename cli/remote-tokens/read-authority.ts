import { providerOf } from '../../core/providers/providers.ts';
import type { Tessera } from '../../core/tessera.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type Authority, authoritySchema } from '../../shared/tokens/remote-token.ts';
import { promptHidden } from '../prompt-hidden.ts';
import { readStandardInput } from '../read-text.ts';
import type { Session } from '../session.ts';

export interface AuthorityOptions {
  readonly app: string;
  readonly by?: string;
  readonly passwordStdin?: boolean;
}

const PASSWORD_BYTES = 4 * 1024;

/**
 * By what the provider is asked. The account's password comes from the environment, standard input or a
 * prompt, and is asked for only where something changes and the provider may want it.
 */
export async function readAuthority(
  session: Session,
  { apps }: Tessera,
  { app, by, passwordStdin }: AuthorityOptions,
  changes: boolean,
): Promise<{ readonly app: App; readonly authority: Authority }> {
  const found = apps.find(app);
  const asks = changes && providerOf(found.provider)?.manage?.asksPassword === true;
  const password = asks ? await readPassword(session, passwordStdin ?? false) : null;
  const authority = parseInput(authoritySchema, { by: by ?? null, password }, 'Authority');
  return { app: found, authority };
}

async function readPassword(session: Session, fromStandardInput: boolean): Promise<string | null> {
  if (fromStandardInput) {
    const text = await readStandardInput(PASSWORD_BYTES, 'The password');
    return text.replace(/\r?\n$/, '');
  }
  if (session.accountPassword !== undefined) return session.accountPassword;
  if (!process.stdin.isTTY) return null;
  return (await promptHidden('Password of the account (empty where it asks for none): ')) || null;
}
