import type { FileProblem } from '../../shared/collections/token-reference.ts';
import { FormDialog } from '../ui/dialog.tsx';
import styles from './tokens.module.css';

interface LeftRequestsDialogProps {
  /** The token's name by now. */
  readonly name: string;
  readonly left: readonly FileProblem[];
  readonly onClose: () => void;
}

/** Which files could not follow a token that was renamed, and why. */
export function LeftRequestsDialog({ name, left, onClose }: LeftRequestsDialogProps) {
  return (
    <FormDialog
      title={`${name} is saved, and some files were left as they are`}
      action="Close"
      canCancel={false}
      isJustAsking
      onClose={onClose}
      onSubmit={onClose}
    >
      <p>Where they name the token, they do so by the name it had. Choose it there anew.</p>
      <ul className={styles.named}>
        {left.map(({ collectionId, path, problem }) => (
          <li key={`${collectionId}/${path}`}>{problem.message}</li>
        ))}
      </ul>
    </FormDialog>
  );
}
