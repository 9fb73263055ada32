import type { UseQueryResult } from '@tanstack/react-query';
import { ErrorBanner } from './banner.tsx';
import { Button } from './button.tsx';
import styles from './ui.module.css';

/** Stands where something will be that is on its way. The word comes after a moment (by CSS): most answers do before. */
export function Loading() {
  return (
    <p role="status" className={styles.loading}>
      Loading…
    </p>
  );
}

/** What `query` could not be answered for, with a way to ask again; nothing where it was. */
export function QueryError({ query }: { readonly query: Pick<UseQueryResult, 'error' | 'refetch'> }) {
  return (
    <ErrorBanner
      error={query.error}
      action={<Button onPress={() => void query.refetch()}>Try again</Button>}
    />
  );
}
