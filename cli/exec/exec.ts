import type { ExecAssignment } from '../../core/exec/exec-environment.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Session } from '../session.ts';
import { runProgram } from './run-program.ts';

export interface ExecCommandOptions {
  readonly app: string;
  readonly set?: readonly string[];
  readonly sendExpired?: boolean;
  readonly sendCompromised?: boolean;
}

/** @returns the program's exit code */
export async function exec(
  session: Session,
  words: readonly string[],
  options: ExecCommandOptions,
): Promise<number> {
  const assignments = (options.set ?? []).map(readAssignment);
  const tessera = await session.unlocked();
  const app = tessera.apps.find(options.app);
  const { variables, redactor } = await tessera.prepareExec(
    app.id,
    {
      assignments,
      sendExpired: options.sendExpired ?? false,
      sendCompromised: options.sendCompromised ?? false,
    },
    session.interruption(),
  );
  // The program may run for days: of the vault, only what masks its output stays open for so long.
  tessera.vault.close();
  try {
    return await runProgram(words, variables, redactor);
  } finally {
    redactor.wipe();
  }
}

function readAssignment(text: string): ExecAssignment {
  const equals = text.indexOf('=');
  if (equals >= 1 && equals < text.length - 1) {
    return { variable: text.slice(0, equals), token: text.slice(equals + 1) };
  }
  throw new AppError('INVALID_INPUT', '--set is written as VARIABLE=TOKEN, such as API_TOKEN=main.', {
    path: 'set',
  });
}
