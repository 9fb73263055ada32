import { useId } from 'react';
import ui from '../ui/ui.module.css';
import styles from './logins.module.css';

interface TemplateFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** Several lines with places such as `{{username}}` in them. */
export function TemplateField({ label, value, onChange, hint, error }: TemplateFieldProps) {
  const id = useId();
  return (
    <div className={ui.field}>
      <label className={ui.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={`${ui.input} ${styles.template}`}
        data-value
        value={value}
        spellCheck={false}
        aria-describedby={`${id}-note`}
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {(error ?? hint) !== undefined && (
        <span id={`${id}-note`} className={error === undefined ? ui.hint : ui.error} role={error && 'alert'}>
          {error ?? hint}
        </span>
      )}
    </div>
  );
}
