import { type ReactNode, useId } from 'react';
import styles from './ui.module.css';

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** The control itself, which takes what ties it to its label and its note. */
  readonly children: (tied: { readonly id: string; readonly 'aria-describedby': string }) => ReactNode;
}

/** A control under its label, above what is to be said of it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId })}
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  );
}

interface FieldNoteProps {
  readonly id: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** What is wrong with a control, else what it is for. */
export function FieldNote({ id, hint, error }: FieldNoteProps) {
  if (error !== undefined) {
    return (
      <span id={id} role="alert" className={styles.error}>
        {error}
      </span>
    );
  }
  return hint === undefined ? null : (
    <span id={id} className={styles.hint}>
      {hint}
    </span>
  );
}
