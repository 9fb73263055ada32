/** What stands in the place of a secret, as the main process writes it. */
export const MASK = '••••';

/** Calls what lists the masked values of an answer; `null`: nothing in it is masked. */
export type OnMask = (() => void) | null;
