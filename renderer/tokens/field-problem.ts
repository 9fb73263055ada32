import { AppError } from '../../shared/app-error.ts';

/** What an error says about the field `path`, for beside that field; `undefined`: nothing. */
export function fieldProblem(error: unknown, path: string): string | undefined {
  if (!(error instanceof AppError) || !String(error.details?.path).split('.').includes(path))
    return undefined;
  // "tokens.add: token.name: a name is needed." is said of a field that is not in sight.
  const sentence = error.message.replace(/^[\w.]+: (?:[\w.]+: )?(?=[a-z])/, '');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
