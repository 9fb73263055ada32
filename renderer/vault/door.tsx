import type { ReactNode } from 'react';
import styles from './vault-screens.module.css';

interface DoorProps {
  readonly title: string;
  readonly text: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** What stands in front of a vault: a form with the mark above it. */
export function Door({ title, text, onSubmit, children }: DoorProps) {
  return (
    <main className={styles.door}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className={styles.mark} aria-hidden>
          <i />
          <i />
          <i />
          <i />
        </div>
        <h1>{title}</h1>
        <p className={styles.note}>{text}</p>
        {children}
      </form>
    </main>
  );
}
