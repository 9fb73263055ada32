import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarText, textLine } from '../../../core/calendar/calendar-lines.ts';
import { expiryCalendar } from '../../../core/calendar/expiry-calendar.ts';
import type { TokenListItem } from '../../../shared/tokens/token.ts';
import { tokenState } from '../../../shared/tokens/token-state.ts';
import { makeToken } from '../../support/sending.ts';

const NOW = new Date('2026-06-01T12:00:00Z');

function calendar(...tokens: readonly Partial<TokenListItem>[]) {
  const items = tokens.map((changes) => {
    const token = makeToken(changes);
    return { ...token, state: tokenState(token, NOW) };
  });
  return expiryCalendar(items, { appName: () => 'Phone', levels: [30, 1], now: NOW });
}

/** As a reader of calendars undoes it. */
function unfold(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n');
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_escape, character: string) =>
    character.toLowerCase() === 'n' ? '\n' : character,
  );
}

describe('a calendar of expiries', () => {
  it('has an event at each end to come, with a reminder at each level', () => {
    const { text, events } = calendar({ name: 'main', expiresAt: '2027-01-31T23:59:59.000Z' });
    expect(events).toBe(1);
    expect(unfold(text)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Tessera//Tessera//EN',
      'CALSCALE:GREGORIAN',
      'X-WR-CALNAME:Tokens that expire',
      'BEGIN:VEVENT',
      'UID:b9b6b0f4-0c39-4f4c-8a39-5f9d3d5c1a22@tessera',
      'DTSTAMP:20260601T120000Z',
      'DTSTART:20270131T235959Z',
      'SUMMARY:main of Phone expires',
      'DESCRIPTION:Make a new one at the provider before then\\, and rotate it in Tessera.',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:main of Phone expires in 30 days',
      'TRIGGER:-P30D',
      'END:VALARM',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:main of Phone expires in a day',
      'TRIGGER:-P1D',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('has one for a token whose end is near', () => {
    expect(calendar({ expiresAt: '2026-06-02T12:00:00.000Z' }).events).toBe(1);
  });

  it('leaves out what never ends, has ended, was replaced or marked', () => {
    const later = '2027-01-31T23:59:59.000Z';
    const { events } = calendar(
      { expiresAt: null },
      { expiresAt: '2026-05-01T00:00:00.000Z' },
      { expiresAt: later, retiresAt: later },
      { expiresAt: later, compromisedAt: '2026-05-01T00:00:00.000Z' },
    );
    expect(events).toBe(0);
  });

  it('holds nothing of a token but its name', () => {
    const { text } = calendar({
      expiresAt: '2027-01-31T23:59:59.000Z',
      tokenId: 'token-ABC123',
      notes: 'a note',
      scopes: ['account:read'],
    });
    for (const known of ['token-ABC123', 'a note', 'account:read']) expect(text).not.toContain(known);
  });
});

describe('a line of a calendar', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 }).filter((value) => !/[\r\p{Cs}]/u.test(value));

  it('never has more than 75 bytes, nor a control character, and is cut between characters', () => {
    fc.assert(
      fc.property(text, (value) => {
        const file = calendarText([textLine('SUMMARY', value)]);
        expect(file.endsWith('\r\n')).toBe(true);
        for (const line of file.slice(0, -2).split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[^\P{Cc}\t]/u);
          expect(Buffer.from(line).toString()).toBe(line);
        }
      }),
    );
  });

  it.each([75, 76, 149, 150, 223, 224])('of %d bytes is cut where it has to be', (length) => {
    const [first = '', ...rest] = calendarText(['x'.repeat(length)])
      .slice(0, -2)
      .split('\r\n');
    expect(
      [first.length, ...rest.slice(0, -1).map((line) => line.length)].every((bytes) => bytes === 75),
    ).toBe(length > 74);
    expect(rest).toHaveLength(Math.ceil((length - 75) / 74));
  });

  it('is read back as what it was', () => {
    fc.assert(
      fc.property(text, (value) => {
        const [line = ''] = unfold(calendarText([textLine('SUMMARY', value)]));
        const kept = value.replace(/\p{Cc}/gu, (character) => (/[\t\n]/.test(character) ? character : ''));
        expect(withoutEscapes(line.slice('SUMMARY:'.length))).toBe(kept);
      }),
    );
  });
});
