import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import styles from './tokens.module.css';
import type { LeftRequests } from './use-follow-rename.ts';

interface LeftRequestsDialogProps {
  /** The token's name by now. */
  readonly name: string;
  readonly left: LeftRequests;
  readonly onClose: () => void;
}

/** Which files could not follow a token that was renamed, and why. */
export function LeftRequestsDialog({ name, left: { files, error }, onClose }: LeftRequestsDialogProps) {
  const what = error === null ? 'some files' : 'its saved requests';
  return (
    <FormDialog
      title={`${name} is saved, and ${what} were left as they are`}
      action="Close"
      canCancel={false}
      isJustAsking
      onClose={onClose}
      onSubmit={onClose}
    >
      <p>Where they name the token, they do so by the name it had. Choose it there anew.</p>
      <ErrorBanner error={error} />
      {files.length > 0 && (
        <ul className={styles.named}>
          {files.map(({ collectionId, path, problem }) => (
            <li key={`${collectionId}/${path}`}>{problem.message}</li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}
