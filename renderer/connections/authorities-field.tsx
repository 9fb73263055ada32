import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import styles from './connections.module.css';

interface AuthoritiesFieldProps {
  readonly paths: readonly string[];
  readonly onChange: (paths: readonly string[]) => void;
}

/** Files of authorities to trust beside the system's. */
export function AuthoritiesField({ paths, onChange }: AuthoritiesFieldProps) {
  const choose = useMutation({
    mutationFn: () => unwrap(tessera.connections.chooseAuthorities()),
    onSuccess: (chosen) => {
      if (chosen !== null && !paths.includes(chosen.path)) onChange([...paths, chosen.path]);
    },
  });
  return (
    <div>
      <div className={styles.row}>
        <span>Authorities: the system’s{paths.length > 0 && ' and'}</span>
        <Button onPress={() => choose.mutate()}>Add a file…</Button>
      </div>
      <ul className={styles.files}>
        {paths.map((path) => (
          <li key={path}>
            <code>{path}</code>
            <IconButton
              aria-label={`Take out ${path}`}
              onPress={() => onChange(paths.filter((each) => each !== path))}
            >
              <Trash2 size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <ErrorBanner error={choose.error} />
    </div>
  );
}
