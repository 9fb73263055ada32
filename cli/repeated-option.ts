/** Collects an option that may be given several times. One value each: it never takes the arguments after it. */
export function repeated(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
