import { timingSafeEqual } from 'node:crypto';

/** Compares in a time that does not tell how much of the text was right. */
export function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
