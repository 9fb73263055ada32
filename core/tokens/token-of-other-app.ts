import { AppError } from '../../shared/app-error.ts';

/** The same at every door; says neither which app nor which of its tokens. */
export function tokenOfOtherApp(): AppError {
  return new AppError(
    'TOKEN_OF_OTHER_APP',
    'That token belongs to another app. A request can only use the tokens of its own app.',
  );
}
