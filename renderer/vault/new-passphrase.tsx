import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { PASSPHRASE_LENGTH } from '../../shared/vault/vault.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { TextField } from '../ui/fields.tsx';
import styles from './vault-screens.module.css';

const STRENGTH = ['guessed at once', 'very weak', 'weak', 'strong', 'very strong'] as const;

/** A passphrase that is being chosen: typed twice, long enough. */
export function useNewPassphrase() {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const isReady = passphrase.length >= PASSPHRASE_LENGTH && repeated === passphrase;
  return { passphrase, setPassphrase, repeated, setRepeated, isReady };
}

interface NewPassphraseFieldsProps {
  readonly chosen: ReturnType<typeof useNewPassphrase>;
  readonly label?: string;
}

export function NewPassphraseFields({ chosen, label = 'Passphrase' }: NewPassphraseFieldsProps) {
  const { passphrase, setPassphrase, repeated, setRepeated } = chosen;
  return (
    <>
      <TextField label={label} type="password" value={passphrase} onChange={setPassphrase} autoFocus />
      <Strength passphrase={passphrase} />
      <TextField
        label={`${label}, once more`}
        type="password"
        value={repeated}
        onChange={setRepeated}
        error={repeated !== '' && repeated !== passphrase ? 'The two differ.' : undefined}
      />
    </>
  );
}

function Strength({ passphrase }: { readonly passphrase: string }) {
  const judged = useDeferredValue(passphrase);
  const { data } = useQuery({
    queryKey: ['strength', judged.length, judged],
    queryFn: () => unwrap(tessera.vault.strength({ passphrase: judged })),
    enabled: judged !== '',
    gcTime: 0,
  });
  const score = judged === '' || data === undefined ? null : data.score;
  return (
    <div className={styles.strength} data-score={score ?? 'none'}>
      <div className={styles.meter} aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <span key={step} data-filled={score !== null && score >= step} />
        ))}
      </div>
      <span role="status">{score === null ? 'Strength' : STRENGTH[score]}</span>
      {score !== null && score < 3 && (
        <span className={styles.note}>{data?.warning ?? data?.suggestions[0]}</span>
      )}
    </div>
  );
}
