import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { AppError } from '../../shared/app-error.ts';
import styles from './ui.module.css';

type Tone = 'warn' | 'bad' | 'good';

const ICONS = { warn: TriangleAlert, bad: CircleAlert, good: CircleCheck } as const;

interface BannerProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function Banner({ tone, children, action }: BannerProps) {
  const Icon = ICONS[tone];
  return (
    <div className={styles.banner} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden />
      <div>{children}</div>
      {action}
    </div>
  );
}

interface ErrorBannerProps {
  readonly error: unknown;
  readonly action?: ReactNode;
}

/** An error in its own words, with its code; nothing where there is none. */
export function ErrorBanner({ error, action }: ErrorBannerProps) {
  if (error === null || error === undefined) return null;
  const message = error instanceof AppError ? error.message : 'Something went wrong in the window.';
  return (
    <Banner tone="bad" action={action}>
      {message} {error instanceof AppError && <code>{error.code}</code>}
    </Banner>
  );
}

export function Badge({
  tone,
  children,
}: {
  readonly tone?: Tone | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}
