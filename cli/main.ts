import { reportError } from './command-error.ts';
import { asksForJson, type Places, runCommandLine } from './command-line.ts';

/** The command from arguments to exit code. The process ends by itself, so that all output is flushed. */
export async function main(places: Places): Promise<void> {
  const args = process.argv.slice(2);
  const json = asksForJson(args);
  // Who reads our output has had enough, as `| head` does: there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
  process.on('uncaughtException', (error) => process.exit(reportError(error, json)));
  try {
    process.exitCode = await runCommandLine(args, places);
  } catch (error) {
    process.exitCode = reportError(error, json);
  }
}
