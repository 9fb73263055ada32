export const STRIP_DAYS = 90;
const DAY_MS = 86_400_000;

/** How many tokens end on each of the next days: index 0 is the coming 24 hours. What has expired counts there too. */
export function expiriesByDay(tokens: readonly { readonly expiresAt: string | null }[], now: Date): number[] {
  const days = new Array<number>(STRIP_DAYS).fill(0);
  for (const { expiresAt } of tokens) {
    if (expiresAt === null) continue;
    const day = Math.max(0, Math.floor((Date.parse(expiresAt) - now.getTime()) / DAY_MS));
    if (day < STRIP_DAYS) days[day] = (days[day] ?? 0) + 1;
  }
  return days;
}
