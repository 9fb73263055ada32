import type { CDPSession } from 'playwright-core';
import { toAppUrl } from './addresses.ts';

/** A frame of the page, with its address as the app spells it. */
export interface Frame {
  readonly id: string;
  readonly parent: Frame | null;
  readonly url: string;
}

interface FrameRecord {
  readonly id: string;
  readonly parentId: string | undefined;
  url: string;
}

/** Follows the page's frames, so that a message's sender is known at the moment of the message. */
export class FrameTree {
  readonly #frames = new Map<string, FrameRecord>();
  /** Frames by the id of their main JavaScript context. */
  readonly #contexts = new Map<number, string>();

  /** To be called before the session's `Page` and `Runtime` are enabled. */
  constructor(session: CDPSession) {
    session.on('Page.frameNavigated', ({ frame }) => this.#keep(frame));
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) =>
      this.#keep({ id: frameId, parentId: parentFrameId, url: '' }),
    );
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#frames.get(frameId);
      if (frame !== undefined) frame.url = url;
    });
    session.on('Page.frameDetached', ({ frameId }) => void this.#frames.delete(frameId));
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const data = context.auxData as { frameId?: string; isDefault?: boolean } | undefined;
      if (data?.isDefault === true && data.frameId !== undefined) {
        this.#contexts.set(context.id, data.frameId);
      }
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#contexts.delete(executionContextId);
    });
    session.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
  }

  /** What is there when the session starts. */
  async load(session: CDPSession): Promise<void> {
    const { frameTree } = await session.send('Page.getFrameTree');
    this.#keep(frameTree.frame);
  }

  get main(): Frame {
    const main = [...this.#frames.values()].find(({ parentId }) => parentId === undefined);
    return { id: main?.id ?? '', parent: null, url: toAppUrl(main?.url ?? '') };
  }

  /** `null` when the frame is gone. */
  ofContext(contextId: number): Frame | null {
    const id = this.#contexts.get(contextId);
    return id === undefined ? null : this.#frame(id);
  }

  #frame(id: string): Frame | null {
    const record = this.#frames.get(id);
    if (record === undefined) return null;
    const parent = record.parentId === undefined ? null : this.#frame(record.parentId);
    return { id, parent, url: toAppUrl(record.url) };
  }

  #keep(frame: { readonly id: string; readonly parentId?: string; readonly url: string }): void {
    this.#frames.set(frame.id, { id: frame.id, parentId: frame.parentId, url: frame.url });
  }
}
