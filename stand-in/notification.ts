import { EventEmitter } from 'node:events';
import { appendFileSync } from 'node:fs';
import type Electron from 'electron';
import { environment } from './app/environment.ts';
import { throwWhenMissing } from './unimplemented.ts';

/**
 * Nothing appears on the desktop. Each notification that is shown is written, as a line of JSON, to the file
 * that `TESSERA_STAND_IN_NOTIFICATIONS` names; without it there are none. With
 * `TESSERA_STAND_IN_CLICK_NOTIFICATIONS=1` each is clicked as soon as it is shown.
 */
export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;
  #isShown = false;

  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return environment.notifications !== undefined;
  }

  show(): void {
    if (environment.notifications === undefined) return;
    this.#isShown = true;
    appendFileSync(environment.notifications, `${JSON.stringify({ title: this.title, body: this.body })}\n`);
    this.emit('show', {});
    if (environment.clicksNotifications) setImmediate(() => this.emit('click', {}));
  }

  close(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.emit('close', {});
  }
}

throwWhenMissing(Notification, 'electron.Notification');

Notification satisfies Pick<typeof Electron.Notification, 'isSupported'>;
Notification.prototype satisfies Pick<Electron.Notification, 'body' | 'close' | 'show' | 'title'>;
