import type { TokenListItem } from '../../shared/tokens/token.ts';
import { calendarText, instantText, textLine } from './calendar-lines.ts';

export interface ExpiryCalendarOptions {
  readonly appName: (appId: string) => string;
  /** Days before the end at which one is reminded. */
  readonly levels: readonly number[];
  readonly now: Date;
}

export interface ExpiryCalendar {
  readonly text: string;
  readonly events: number;
}

/**
 * A calendar file (iCalendar, RFC 5545) with an event at the end of each token that has one to come, and a
 * reminder at each level. An event keeps its UID, so that importing a newer file moves it. Names of tokens
 * and apps are in it, and nothing else of them.
 */
export function expiryCalendar(
  tokens: readonly TokenListItem[],
  { appName, levels, now }: ExpiryCalendarOptions,
): ExpiryCalendar {
  const coming = tokens.filter(({ state }) => state.kind === 'valid' || state.kind === 'expiring');
  const events = coming.flatMap((token) => eventLines(token, appName(token.appId), levels, now));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tessera//Tessera//EN',
    'CALSCALE:GREGORIAN',
    textLine('X-WR-CALNAME', 'Tokens that expire'),
    ...events,
    'END:VCALENDAR',
  ];
  return { text: calendarText(lines), events: coming.length };
}

function eventLines(
  { id, name, expiresAt }: TokenListItem,
  app: string,
  levels: readonly number[],
  now: Date,
): string[] {
  const summary = `${name} of ${app} expires`;
  return [
    'BEGIN:VEVENT',
    `UID:${id}@tessera`,
    `DTSTAMP:${instantText(now)}`,
    `DTSTART:${instantText(new Date(expiresAt ?? Number.NaN))}`,
    textLine('SUMMARY', summary),
    textLine('DESCRIPTION', 'Make a new one at the provider before then, and rotate it in Tessera.'),
    // It takes nobody's time.
    'TRANSP:TRANSPARENT',
    ...levels.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      textLine('DESCRIPTION', `${summary} in ${days === 1 ? 'a day' : `${days} days`}`),
      `TRIGGER:-P${days}D`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}
