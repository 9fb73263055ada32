/** An instant in words, to the minute and the same on every machine: `2027-01-31 23:59 UTC`. */
export function instantText(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
