import { AppError } from '../../shared/app-error.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from './find-token.ts';
import { listedToken } from './listed-token.ts';

export interface MarkTokenOptions {
  readonly app?: string;
  readonly compromised?: boolean;
  readonly notCompromised?: boolean;
}

export async function markToken(
  session: Session,
  name: string,
  options: MarkTokenOptions,
): Promise<undefined> {
  const isCompromised = options.compromised ?? false;
  if (isCompromised === (options.notCompromised ?? false)) {
    throw new AppError('INVALID_INPUT', 'Say one of --compromised and --not-compromised.');
  }
  const tessera = await session.confirmed();
  const { key, app } = findToken(tessera, name, options.app);
  tessera.tokens.markCompromised([key], isCompromised);
  const token = tessera.tokens.get(key);
  session.print(
    listedToken(tessera.describeToken(token), app),
    isCompromised
      ? `${printable(token.name)} is marked as compromised and will not be sent. Revoke it at the provider, then rotate it.`
      : `${printable(token.name)} is not marked as compromised any more.`,
  );
}
