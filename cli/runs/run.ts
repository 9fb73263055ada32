import { resolve } from 'node:path';
import { parseReportTarget, reportText } from '../../core/runs/reports/report.ts';
import { explainWriteFailure } from '../../core/storage/explain-write-failure.ts';
import { writeWholeFile } from '../../core/storage/write-whole-file.ts';
import { AppError } from '../../shared/app-error.ts';
import { attemptsOf, type RunResult, type RunSummary } from '../../shared/collections/run.ts';
import { describeAttempts } from '../../shared/requests/rate-limit.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { PacedOutput } from '../paced-output.ts';
import { checkWritable } from '../requests/body-file.ts';
import type { Session } from '../session.ts';
import { paint, printable } from '../terminal.ts';

export interface RunOptions {
  readonly app: string;
  readonly bail?: boolean;
  readonly retry?: string;
  readonly reporter?: readonly string[];
}

export async function run(session: Session, folder: string, options: RunOptions): Promise<ExitCode> {
  const reports = (options.reporter ?? []).map(parseReportTarget);
  for (const { file } of reports) checkWritable(file);
  const tessera = await session.unlocked((locked) => locked.loadNetwork());
  const app = tessera.apps.find(options.app);
  const output = new PacedOutput();
  // Once for all lines: each asks the terminal and the environment anew.
  const marks = { passed: paint('green', '✓'), other: paint('red', '✗') };
  const summary = await tessera
    .run(app.id, resolve(folder), {
      bail: options.bail ?? false,
      retries: readRetries(options.retry),
      signal: session.interruption(),
      onResult: (result) => {
        if (!session.json) output.line(resultLines(result, marks));
      },
    })
    .finally(() => output.flush());
  for (const { kind, file } of reports) {
    const text = tessera.redact(app.id, reportText(kind, summary));
    explainWriteFailure(file, () => writeWholeFile(file, text, { isPrivate: false }));
  }
  session.print(summary, totals(summary));
  if (summary.cancelled) return EXIT.interrupted;
  return summary.failed + summary.errors > 0 ? EXIT.failed : EXIT.done;
}

function readRetries(text = '0'): number {
  if (/^(\d|10)$/.test(text)) return Number(text);
  throw new AppError('INVALID_INPUT', '--retry takes a whole number up to 10.', { path: 'retry' });
}

/** `✓ GET account 200 12 ms`, and below it what did not hold. */
function resultLines(
  { outcome, method, name, response, error, durationMs }: RunResult,
  marks: { readonly passed: string; readonly other: string },
): string {
  const mark = outcome === 'passed' ? marks.passed : marks.other;
  const status = response === null ? (error?.code ?? '') : String(response.status);
  const reasons = [
    ...[describeAttempts(attemptsOf({ response, error }))].filter((text) => text !== ''),
    ...(response?.assertions.filter(({ passed }) => !passed).map(({ message }) => message) ?? []),
    ...(error === null ? [] : [error.message]),
    ...(outcome !== 'passed' && response?.hint ? [`Hint: ${response.hint}`] : []),
  ];
  const line = `${mark} ${method} ${printable(name)} ${status} ${Math.round(durationMs)} ms`;
  return [line, ...reasons.map((reason) => `    ${printable(reason)}`)].join('\n');
}

function totals({ passed, failed, errors, cancelled, durationMs }: RunSummary): string {
  const counts = `${passed} passed, ${failed} failed, ${errors} without an answer in ${Math.round(durationMs)} ms`;
  return `\n${cancelled ? 'Interrupted: ' : ''}${counts}`;
}
