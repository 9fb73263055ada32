import type { Answer } from '../../core/requests/send-request.ts';
import type { ByteSource } from '../../core/spool/byte-source.ts';
import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { describeAttempts } from '../../shared/requests/rate-limit.ts';
import type { Response } from '../../shared/requests/response.ts';
import { describeWithheld } from '../../shared/requests/withheld.ts';
import { printError } from '../command-error.ts';
import { EXIT, EXIT_CODES, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { checkWritable, writeBody } from './body-file.ts';
import { readBodyText } from './body-text.ts';
import { answerJson, printAnswer } from './print-answer.ts';
import { printFailedTimeline, printTimeline } from './print-timeline.ts';
import { readRequest, readVariables } from './read-request.ts';
import type { SendArguments } from './send-options.ts';
import { StreamPrinter } from './stream-printer.ts';

export async function send(session: Session, given: SendArguments): Promise<ExitCode> {
  const { options } = given;
  const request = await readRequest(given);
  const variables = [readVariables(options.var)];
  if (options.output !== undefined) checkWritable(options.output);
  if (options.stream === true && (session.json || options.output !== undefined)) {
    throw new AppError(
      'INVALID_INPUT',
      '--stream prints text while it comes: it goes with neither --json nor -o.',
      {
        path: 'stream',
      },
    );
  }
  const isText = !session.json && options.output === undefined;
  const printer = isText ? new StreamPrinter(options.stream ?? false) : null;
  const tessera = await session.unlocked((locked) => locked.loadNetwork());
  const app = tessera.apps.find(options.app);
  // Says of another app's token what it is: the request itself knows its own app's tokens only.
  if (typeof options.token === 'string') tessera.tokens.find(app.id, options.token);
  const answer = await sendTold(options.verbose ?? false, () =>
    tessera.send(app.id, request, {
      sendExpired: options.sendExpired ?? false,
      sendCompromised: options.sendCompromised ?? false,
      variables,
      // Whoever typed the command chose the files in it.
      locateFile: (path) => path,
      signal: session.interruption(),
      isWatched: isText && options.timeout === undefined,
      onHead: (head) => printer?.begin(head),
      onDecoded: () => printer?.grown(),
    }),
  );
  const { response } = answer;
  using body = answer.body;
  if (options.output !== undefined) writeBody(options.output, body);
  if (options.verbose) printTimeline(response.hops);
  const note = session.json
    ? await printJson(session, response, options.output === undefined ? body : null)
    : (await printer?.finish())
      ? null
      : await printAnswer(response, body, options.output);
  if (note !== null) session.note('Note', note);
  comment(session, response);
  if (response.token === null && options.token !== false) commentNoToken(session, app, tessera);
  return exitCodeOf(response, options.fail ?? false);
}

/** With the timeline of a failure too, where it was asked for. */
async function sendTold(isVerbose: boolean, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const timeline = error instanceof AppError ? error.timeline : undefined;
    if (isVerbose && timeline !== undefined) printFailedTimeline(timeline);
    throw error;
  }
}

async function printJson(session: Session, response: Response, body: ByteSource | null) {
  const read = body === null ? { text: null, note: null } : await readBodyText(body, response);
  session.print(answerJson(response, read.text), '');
  return read.note;
}

/** What is worth knowing beside the answer itself. */
function comment(session: Session, { attempts, hops, hint, failure, notices }: Response): void {
  for (const withheld of describeWithheld(hops)) session.note('Note', withheld);
  for (const warning of new Set(hops.flatMap(({ warnings }) => warnings))) session.warn(warning);
  if (attempts.length > 0) session.note('Note', describeAttempts(attempts));
  for (const notice of notices) session.note('Note', notice);
  if (hint !== null) session.note('Hint', hint);
  if (failure !== null) printError(failure);
}

function commentNoToken(session: Session, { id, name }: App, { tokens }: Tessera): void {
  const known = tokens.list(id).length;
  if (known > 1)
    session.note('Note', `${name} has ${known} tokens, and none was sent: choose one with --token.`);
}

function exitCodeOf({ failure, status }: Response, fail: boolean): ExitCode {
  if (failure !== null) return EXIT_CODES[failure.code];
  return fail && status >= 400 ? EXIT.failed : EXIT.done;
}
