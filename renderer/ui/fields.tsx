import { type Ref, useId } from 'react';
import { Field, FieldNote } from './field.tsx';
import { type Option, Options } from './options.tsx';
import styles from './ui.module.css';

interface TextFieldProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly type?: 'text' | 'password';
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly isValue?: boolean;
}

/** A labelled line of text. `isValue`: in the type of values, for URLs, IDs and secrets. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  type = 'text',
  isValue = false,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => (
        <input
          {...rest}
          {...tied}
          className={styles.input}
          type={type}
          value={value}
          data-value={isValue}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={error !== undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
}

export function SelectField<Value extends string>({
  label,
  value,
  options,
  onChange,
  hint,
}: SelectFieldProps<Value>) {
  return (
    <Field label={label} hint={hint}>
      {(tied) => (
        <select
          {...tied}
          className={styles.input}
          value={value}
          // Only the options given can be chosen.
          onChange={(event) => onChange(event.target.value as Value)}
        >
          <Options options={options} />
        </select>
      )}
    </Field>
  );
}

interface CheckFieldProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly hint?: string;
}

export function CheckField({ label, isChecked, onChange, hint }: CheckFieldProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <FieldNote id={`${id}-note`} hint={hint} />
    </div>
  );
}

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}

/** Several lines of text. */
export function TextArea({ label, value, onChange, placeholder }: TextAreaProps) {
  return (
    <Field label={label}>
      {(tied) => (
        <textarea
          {...tied}
          className={styles.input}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
