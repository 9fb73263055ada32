import { contextBridge, ipcRenderer } from 'electron';

/** Both lists are put in by the build, out of shared/ipc-contract.ts and ipc-events.ts. */
declare const IPC_CHANNELS: readonly string[];
declare const IPC_EVENTS: readonly string[];

type Call = (input: unknown) => Promise<unknown>;
type Subscribe = (listener: (payload: unknown) => void) => () => void;

/** `window.tessera`: one function a channel and no other way to the main process. Its type is `TesseraApi`. */
const calls: Record<string, Record<string, Call>> = {};
for (const channel of IPC_CHANNELS) {
  const [feature = '', verb = ''] = channel.split('.');
  calls[feature] ??= {};
  calls[feature][verb] = (input) => ipcRenderer.invoke(channel, input);
}

const on: Record<string, Subscribe> = {};
for (const name of IPC_EVENTS) {
  on[name] = (listener) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(name, forward);
    return () => {
      ipcRenderer.off(name, forward);
    };
  };
}

contextBridge.exposeInMainWorld('tessera', { ...calls, on });
