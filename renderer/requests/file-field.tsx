import { useMutation } from '@tanstack/react-query';
import { tessera, unwrap } from '../api/tessera.ts';
import { Button } from '../ui/button.tsx';
import styles from './composer.module.css';

interface FileFieldProps {
  /** Empty: none is chosen. */
  readonly path: string;
  readonly label: string;
  readonly onChange: (path: string) => void;
}

/** A file that goes along. It is chosen by hand: what a request names by itself stays in its collection. */
export function FileField({ path, label, onChange }: FileFieldProps) {
  const choose = useMutation({
    mutationFn: () => unwrap(tessera.requests.chooseFile()),
    onSuccess: (chosen) => chosen !== null && onChange(chosen.path),
  });
  return (
    <span className={styles.chosenFile}>
      <Button aria-label={label} onPress={() => choose.mutate()}>
        Choose…
      </Button>
      <span title={path}>{path === '' ? 'No file chosen' : path}</span>
    </span>
  );
}
