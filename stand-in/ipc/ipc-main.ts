import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { throwWhenMissing } from '../unimplemented.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...values: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...values) => {
      this.removeHandler(channel);
      return handler(event, ...values);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For the stand-in's own use. */
  static async invoke(
    channel: string,
    event: Electron.IpcMainInvokeEvent,
    values: readonly unknown[],
  ): Promise<unknown> {
    const handler = ipcMain.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...values);
  }
}

throwWhenMissing(IpcMain, 'electron.ipcMain');

export const ipcMain = new IpcMain();
ipcMain satisfies Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>;

/** Calls the handler of `channel`. @throws what the handler throws, and an Error where there is none */
export const invokeHandler = IpcMain.invoke;
