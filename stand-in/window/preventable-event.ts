/** An event of Electron's whose listeners may stop what it announces. */
export class PreventableEvent {
  defaultPrevented = false;

  /** @param details become the event's own properties */
  constructor(details: object = {}) {
    Object.assign(this, details);
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
