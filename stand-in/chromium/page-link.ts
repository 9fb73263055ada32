import { randomBytes } from 'node:crypto';
import type { CDPSession } from 'playwright-core';
import type { MainMessage, PageAccelerator, PageMessage } from '../page/page-bridge.ts';
import { pageScript } from '../page/page-script.ts';
import { type Frame, FrameTree } from './frame-tree.ts';

export interface PageLinkOptions {
  /** Source text, CommonJS. */
  readonly preload: string | undefined;
  readonly onMessage: (message: PageMessage, frame: Frame | null) => void;
  /** A link opened elsewhere: `target=_blank`, a middle click. `window.open` comes as a message. */
  readonly onWindowOpen: (url: string, frameName: string) => void;
}

/** The line between the main process and the bridge in the page. */
export class PageLink {
  readonly frames: FrameTree;
  readonly #session: CDPSession;
  readonly #options: PageLinkOptions;
  readonly #names = { binding: randomName(), receiver: randomName() };
  #script: string | undefined;
  /** The page's function that takes messages; rejected while there is no page with a bridge. */
  #receiver: Promise<string> | undefined;

  constructor(session: CDPSession, options: PageLinkOptions) {
    this.#session = session;
    this.#options = options;
    this.frames = new FrameTree(session);
  }

  /** Before the first page is loaded. */
  async start(accelerators: readonly PageAccelerator[]): Promise<void> {
    const session = this.#session;
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.#names.binding) this.#hear(payload, executionContextId);
    });
    session.on('Page.windowOpen', ({ url, windowName }) => this.#options.onWindowOpen(url, windowName));
    session.on('Runtime.executionContextsCleared', () => {
      this.#receiver = undefined;
    });
    await session.send('Page.enable');
    await this.frames.load(session);
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: this.#names.binding });
    await this.setAccelerators(accelerators);
  }

  /** Told to the page that is there and to those that follow. */
  async setAccelerators(list: readonly PageAccelerator[]): Promise<void> {
    this.tell({ kind: 'accelerators', list });
    const { platform, versions } = process;
    const config = { ...this.#names, platform, versions: definedOnly(versions), accelerators: list };
    const source = pageScript(config, this.#options.preload);
    const older = this.#script;
    const { identifier } = await this.#session.send('Page.addScriptToEvaluateOnNewDocument', { source });
    this.#script = identifier;
    if (older !== undefined) {
      await this.#session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier: older });
    }
  }

  /** In order; dropped, as in Electron, while no page is there to hear it. */
  tell(message: MainMessage): void {
    const receiver = this.#receiver;
    if (receiver === undefined) return;
    // Each message waits for the one before: replies and events arrive in the order in which they were sent.
    this.#receiver = receiver.then(async (objectId) => {
      await this.#session.send('Runtime.callFunctionOn', {
        objectId,
        functionDeclaration: 'function (message) { this(message) }',
        arguments: [{ value: message }],
        silent: true,
      });
      return objectId;
    });
    this.#receiver.catch(() => undefined);
  }

  #hear(payload: string, contextId: number): void {
    const frame = this.frames.ofContext(contextId);
    const message = JSON.parse(payload) as PageMessage;
    if (message.kind === 'hello' && frame?.parent === null) {
      this.#receiver = this.#findReceiver(contextId);
      this.#receiver.catch(() => undefined);
    }
    this.#options.onMessage(message, frame);
  }

  /** Reads the listener through the debugger: the page itself cannot list listeners. */
  async #findReceiver(contextId: number): Promise<string> {
    const { result } = await this.#session.send('Runtime.evaluate', {
      contextId,
      includeCommandLineAPI: true,
      expression: `getEventListeners(window)[${JSON.stringify(this.#names.receiver)}][0].listener`,
    });
    if (result.objectId === undefined) throw new Error('The page has no bridge.');
    return result.objectId;
  }
}

function randomName(): string {
  return `_${randomBytes(16).toString('hex')}`;
}

function definedOnly(versions: NodeJS.ProcessVersions): Record<string, string> {
  return Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, version ?? '']));
}
