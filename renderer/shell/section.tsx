import type { ReactNode, Ref } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}

/** A titled part of the sidebar. */
export function Section({ title, action, children, ref }: SectionProps) {
  return (
    <section ref={ref} className={styles.section} aria-label={title}>
      <header className={styles.header}>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}

/** A line of it; the second line is muted. */
export function SectionHint({ children }: { readonly children: ReactNode }) {
  return <p className={styles.hint}>{children}</p>;
}
