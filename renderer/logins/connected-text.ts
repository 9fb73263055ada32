import type { Token } from '../../shared/tokens/token.ts';

/** "main is connected until 14:05.", as the clock here shows it. */
export function connectedText({ name, expiresAt }: Pick<Token, 'name' | 'expiresAt'>): string {
  return expiresAt === null ? `${name} is connected.` : `${name} is connected until ${timeText(expiresAt)}.`;
}

/** The time alone where that is today. */
export function timeText(instant: string): string {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(undefined, {
    ...(isToday ? {} : { dateStyle: 'medium' }),
    timeStyle: 'short',
  });
}
