/** `yyyy-MM-dd hh:mm:ss` in UTC, as the platform writes and reads times. @param time milliseconds since 1970 */
export function formatPlatformDate(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** Milliseconds since 1970, or `null` where the text is no time in that form. */
export function parsePlatformDate(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text.replace(' ', 'T')}Z`);
  // The 31st of February would be read as the 3rd of March.
  return Number.isNaN(time) || formatPlatformDate(time) !== text ? null : time;
}
