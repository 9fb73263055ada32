import { type CalendarDate, parseDate } from '@internationalized/date';
import { useState } from 'react';
import { DateField, DateInput, DateSegment, Label } from 'react-aria-components';
import { type DayEnd, localDate } from '../../shared/tokens/expiry-date.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import styles from './expiry-field.module.css';
import { readExpiryText } from './expiry-text.ts';
import { dayText, fromNow } from './token-dates.ts';

interface ExpiryFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly now: Date;
  readonly dayEnd: DayEnd | undefined;
  /** What no text stands for: of a token that is asked for, the provider gives an end to none. */
  readonly whenEmpty?: 'not known' | 'never';
  readonly error: string | undefined;
}

const SHORT_CUTS = [
  { label: '30 days', text: 'in 30 days' },
  { label: '90 days', text: 'in 90 days' },
  { label: '1 year', text: 'in 1 year' },
  { label: 'Never', text: 'never' },
] as const;

/** An expiry, typed as people write it, or as a date in the system's order: both show the same. */
export function ExpiryField(props: ExpiryFieldProps) {
  const { value, onChange, now, dayEnd, whenEmpty = 'not known', error } = props;
  const expiry = readExpiryText(value, now, dayEnd);
  const isBad = expiry === undefined;
  const expiresAt = expiry?.expiresAt ?? null;
  /** A date whose year is being typed: after its first digit it is the year 2. */
  const [unfinished, setUnfinished] = useState<CalendarDate | null>(null);
  const change = (text: string) => {
    setUnfinished(null);
    onChange(text);
  };
  const changeDate = (date: CalendarDate | null) => {
    const text = date?.toString() ?? '';
    if (readExpiryText(text, now, dayEnd) === undefined) setUnfinished(date);
    else change(text);
  };
  return (
    <div className={styles.expiry}>
      <TextField
        label="Expires"
        value={value}
        onChange={change}
        placeholder={whenEmpty}
        error={isBad ? 'Write 2027-01-31, 31-01-2027, in 90 days, or never.' : error}
        hint={
          expiresAt === null
            ? '2027-01-31, 31-01-2027, in 90 days, never'
            : `${dayText(expiresAt)}, ${fromNow(expiresAt, now)}`
        }
      />
      <DateField
        className={ui.field ?? ''}
        value={unfinished ?? (expiresAt === null ? null : calendarDate(expiresAt))}
        onChange={changeDate}
        onBlur={() => setUnfinished(null)}
        shouldForceLeadingZeros
      >
        <Label className={ui.label ?? ''}>As a date</Label>
        <DateInput className={`${ui.input} ${styles.date}`}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ''} />}
        </DateInput>
        <div className={styles.cuts}>
          {SHORT_CUTS.map(({ label, text }) => (
            <Button key={label} kind="quiet" onPress={() => change(text)}>
              {label}
            </Button>
          ))}
        </div>
      </DateField>
      {hasExpired(expiresAt, now) && (
        <p className={styles.over} role="status">
          This date is in the past: requests will refuse the token as expired. Check the date.
        </p>
      )}
    </div>
  );
}

/** Years of four digits are all that a date field knows. */
function calendarDate(expiresAt: string): CalendarDate | null {
  try {
    return parseDate(localDate(new Date(expiresAt)));
  } catch {
    return null;
  }
}
