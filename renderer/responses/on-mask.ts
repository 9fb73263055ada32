/** Calls what lists the masked values of an answer; `null`: nothing in it is masked. */
export type OnMask = (() => void) | null;
