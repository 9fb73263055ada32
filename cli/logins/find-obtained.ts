import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import { isObtained } from '../../shared/tokens/token.ts';
import { type FoundToken, findToken } from '../tokens/find-token.ts';

/** @throws AppError as `findToken`; `INVALID_INPUT` for a token that nobody signs in for */
export function findObtained(tessera: Tessera, name: string, app: string | undefined): FoundToken {
  const found = findToken(tessera, name, app);
  if (isObtained(found.token)) return found;
  throw new AppError(
    'INVALID_INPUT',
    `The token ${found.token.name} is kept as it is (scheme ${found.token.scheme}): there is nothing to sign in for.`,
    { path: 'name', scheme: found.token.scheme },
  );
}
