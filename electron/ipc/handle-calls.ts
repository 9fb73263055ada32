import { ipcMain, type WebFrameMain } from 'electron';
import { AppError, type Reply } from '../../shared/app-error.ts';
import {
  type IpcChannel,
  type IpcOutput,
  type IpcParsedInput,
  ipcContract,
} from '../../shared/ipc-contract.ts';
import { parseInput } from '../../shared/parse-input.ts';

/** One function for each channel of the contract: a missing one, or one too many, does not compile. */
export type IpcHandlers = {
  readonly [Name in IpcChannel]: (input: IpcParsedInput<Name>) => IpcOutput<Name> | Promise<IpcOutput<Name>>;
};

/** The part of the handlers that one feature brings. */
export type FeatureHandlers<Feature extends string> = Pick<
  IpcHandlers,
  Extract<IpcChannel, `${Feature}.${string}`>
>;

export interface CallGuard {
  /** Whether a frame is the window's own page: anything else is refused before its input is looked at. */
  readonly isTrusted: (frame: WebFrameMain | null) => boolean;
  /** Takes note of a failure nobody foresaw; answers the id that the user can quote. */
  readonly report: (error: unknown, channel: string) => string;
}

/** The only user of `ipcMain`: sender, then input, then the work, then the reply. */
export function handleCalls(handlers: IpcHandlers, guard: CallGuard): void {
  for (const channel of Object.keys(ipcContract) as IpcChannel[]) {
    ipcMain.handle(channel, (event, input: unknown) =>
      answer(channel, handlers, guard, event.senderFrame, input),
    );
  }
}

async function answer<Name extends IpcChannel>(
  channel: Name,
  handlers: IpcHandlers,
  guard: CallGuard,
  frame: WebFrameMain | null,
  input: unknown,
): Promise<Reply<unknown>> {
  try {
    if (!guard.isTrusted(frame)) {
      throw new AppError('SENDER_REFUSED', `${channel} may only be called by Tessera's own window.`);
    }
    const parsed = parseInput(ipcContract[channel].input, input, channel) as IpcParsedInput<Name>;
    return { ok: true, value: await handlers[channel](parsed) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toData() };
    const id = guard.report(error, channel);
    const message = `Something went wrong that Tessera did not foresee. The log has it under ${id}.`;
    return { ok: false, error: { code: 'UNEXPECTED', message, details: { id } } };
  }
}
