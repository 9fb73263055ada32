import { useQuery } from '@tanstack/react-query';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import styles from './response-view.module.css';

/** A body that is a picture. */
export function Picture({ responseId }: { readonly responseId: string }) {
  const { data, error } = useQuery({
    queryKey: ['picture', responseId],
    queryFn: () => unwrap(tessera.responses.picture({ responseId })),
    gcTime: 0,
  });
  if (error !== null) return <ErrorBanner error={error} />;
  if (data === undefined) return null;
  if (data === null) {
    return (
      <p className={styles.note}>
        This is not the picture that the server calls it, or too large to be shown. Look at its bytes, or save
        it to a file.
      </p>
    );
  }
  return (
    <div className={styles.picture}>
      <img src={data.url} alt="Body of the answer" />
    </div>
  );
}
