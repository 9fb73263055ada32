import { AppError, type Reply } from '../../shared/app-error.ts';
import type { TesseraApi } from '../../shared/ipc-contract.ts';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly tessera: TesseraApi;
  }
}

export const tessera = window.tessera;

/** The value of a reply. @throws AppError as the main process said it */
export async function unwrap<Value>(reply: Promise<Reply<Value>>): Promise<Value> {
  const settled = await reply;
  if (settled.ok) return settled.value;
  throw AppError.from(settled.error);
}
