/** The code by which the system names an error, such as `ENOENT`; `null` where it has none. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}

/** Why the system refused something, for the brackets of a sentence: its code. */
export function systemReason(error: unknown): string {
  return systemCode(error) ?? 'unknown reason';
}
