import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Redactor } from '../../core/redaction/redactor.ts';
import { systemCode } from '../../core/system-error.ts';
import { AppError } from '../../shared/app-error.ts';
import { isInForeground } from './is-in-foreground.ts';

/** Those that ask a program to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What the system says of what is there and cannot be run. */
const NOT_RUN = [
  'EACCES',
  'EPERM',
  'ENOEXEC',
  'EINVAL',
  'E2BIG',
  'ENAMETOOLONG',
  'ELOOP',
  'EAGAIN',
  'UNKNOWN',
];

type Program = ChildProcessByStdio<null, Readable, Readable>;

/** What shells say of a program that a signal has ended: this and the signal's number. */
const ENDED_BY_SIGNAL = 128;

/**
 * Runs a program with `variables` added to the environment, standard input passed through, and known secrets
 * masked in both of its outputs.
 *
 * @returns its exit code
 * @throws AppError `PROGRAM_NOT_FOUND`, `PROGRAM_NOT_EXECUTABLE`
 */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  redactor: Redactor,
): Promise<number> {
  const child = start(program, args, variables);
  const stopPassing = passSignals(child);
  try {
    const [[code, signal]] = await Promise.all([
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
      pass(child.stdout, process.stdout, redactor),
      pass(child.stderr, process.stderr, redactor),
    ]);
    return signal === null ? (code ?? 0) : ENDED_BY_SIGNAL + constants.signals[signal];
  } catch (error) {
    throw explainStart(error, program);
  } finally {
    stopPassing();
  }
}

function start(
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Program {
  if (program === '') {
    throw new AppError(
      'INVALID_INPUT',
      'The program has no name. Say which after --, such as -- ./deploy.sh.',
    );
  }
  try {
    return spawn(program, args, {
      env: { ...process.env, ...variables },
      stdio: ['inherit', 'pipe', 'pipe'],
    });
  } catch (error) {
    // Some failures, such as arguments that are too long, come at once.
    throw explainStart(error, program);
  }
}

/**
 * Ends with the output, and leaves our own open. Where nobody reads ours any more, the program's is closed too: it is
 * the program that decides what that means.
 */
async function pass(output: Readable, to: NodeJS.WriteStream, redactor: Redactor): Promise<void> {
  // Those of every other command end the process.
  to.removeAllListeners('error').on('error', () => undefined);
  const redaction = redactor.promptStream();
  const masking = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, redaction.write(chunk)),
    flush: (done) => done(null, redaction.end()),
  });
  try {
    await pipeline(output, masking, to, { end: false });
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function stopReading({ stdout, stderr }: Program): void {
  stdout.destroy();
  stderr.destroy();
}

function isClosedPipe(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED';
}

/**
 * Gives signals on to the program, which decides what they mean. Ctrl+C on a terminal reaches both of us, and
 * a second one would often be taken for impatience: there it is only kept from ending us first. Node does not
 * say who has sent a signal, so that a SIGINT which somebody sends to us alone, in the foreground of a
 * terminal, is taken for Ctrl+C. A group of its own for the program would settle that, and would take the
 * terminal from it.
 *
 * @returns the function that ends it
 */
function passSignals(child: Program): () => void {
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      // What it has left running holds its outputs, and it can be told nothing any more.
      if (hasEnded(child)) stopReading(child);
      else if (signal !== 'SIGINT' || !isInForeground()) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}

function explainStart(error: unknown, program: string): unknown {
  const code = systemCode(error);
  // Windows runs .cmd and .bat files only through its shell.
  const hint = process.platform === 'win32' ? ' For a .cmd or .bat file: -- cmd /c NAME.' : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('PROGRAM_NOT_FOUND', `There is no program ${program}. Nothing was started.${hint}`, {
      program,
    });
  }
  if (code !== null && NOT_RUN.includes(code)) {
    return new AppError(
      'PROGRAM_NOT_EXECUTABLE',
      `${program} cannot be run (${code}). Nothing was started.${hint}`,
      { program },
    );
  }
  return error;
}
