/** One thing that Tessera stands on, as it is on this machine. */
export interface Finding {
  readonly what: string;
  /** `limited`: something does less than it could. `broken`: Tessera cannot be used like this. */
  readonly state: 'ok' | 'limited' | 'broken';
  readonly found: string;
  /** What to do about it; `null` where there is nothing to do. */
  readonly todo: string | null;
}
