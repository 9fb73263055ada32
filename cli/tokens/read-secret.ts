import { AppError } from '../../shared/app-error.ts';
import { SECRET_BYTES } from '../../shared/tokens/token.ts';
import { readStandardInput } from '../read-text.ts';

const LINE_END_BYTES = 2;

/** How a command that takes a secret is told where it comes from. */
export interface SecretOptions {
  readonly secretStdin?: boolean;
  /** The same, where the secret is a password. */
  readonly passwordStdin?: boolean;
  /** Refused, so that nobody learns to type one. */
  readonly secret?: string | boolean;
  readonly password?: string | boolean;
}

/** @throws AppError `INVALID_INPUT` where the secret stands in the arguments */
export function refuseArgument({ secret, password }: SecretOptions): void {
  if (secret === undefined && password === undefined) return;
  throw new AppError(
    'INVALID_INPUT',
    'A secret is never given as an argument: every program on this computer can read arguments. Pipe it in with --secret-stdin, and renew this one.',
    { path: 'secret' },
  );
}

/** From a hidden prompt on a terminal, else from standard input. @throws AppError `INVALID_INPUT` */
export async function readSecret({
  secretStdin = false,
  passwordStdin = false,
}: SecretOptions): Promise<string> {
  // A terminal would show what is typed, whether or not standard input was asked for.
  if (process.stdin.isTTY) {
    const { promptHidden } = await import('../prompt-hidden.ts');
    return promptHidden(passwordStdin ? 'Password: ' : 'Secret: ');
  }
  if (!secretStdin && !passwordStdin) {
    throw new AppError('INVALID_INPUT', 'The secret is missing: pipe it in with --secret-stdin.', {
      path: 'secret',
    });
  }
  const text = await readStandardInput(SECRET_BYTES + LINE_END_BYTES, 'The secret');
  return text.replace(/\r?\n$/, '');
}
