import { formatWarnings } from '../../core/providers/provider.ts';
import { providerOf } from '../../core/providers/providers.ts';
import type { App } from '../../shared/apps/app.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { unknownScopes } from '../../shared/tokens/unknown-scopes.ts';
import type { Session } from '../session.ts';

/** Says what does not look like the token's provider. It stops nothing: the provider may have changed. */
export function warnOfToken(session: Session, token: Token, app: App, secret: string | null): void {
  const provider = providerOf(token.provider ?? app.provider);
  if (provider === null) return;
  const formats = secret === null ? [] : formatWarnings(provider, token, secret);
  for (const format of formats) session.warn(`This may be mistyped: ${format}`);
  const offered = [...provider.scopes, ...provider.scopeSets.flatMap(({ scopes }) => scopes)];
  const unknown = unknownScopes(token.scopes, offered);
  if (unknown.length === 0) return;
  session.warn(
    `${provider.name} has no scope ${unknown.join(', ')}, as far as is known here. Check the spelling.`,
  );
}
