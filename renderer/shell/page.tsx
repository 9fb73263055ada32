import { type ReactNode, type Ref, useId } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Beside the title. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}

/** One of the places that are no app's: a column to read, which scrolls with the whole window. */
export function Page({ title, note, children, ref }: PageProps) {
  return (
    <main ref={ref} className={styles.view}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h1 tabIndex={-1}>{title}</h1>
          {note}
        </header>
        {children}
      </div>
    </main>
  );
}

interface PageSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function PageSection({ title, children }: PageSectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Lines that belong together, in a frame. */
export function PageRows({ children }: { readonly children: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>;
}
