import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import styles from './vault-screens.module.css';

const STRENGTH = ['guessed at once', 'very weak', 'weak', 'strong', 'very strong'] as const;

/** The first thing that anyone sees. */
export function CreateVault() {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const create = useMutation({ mutationFn: () => unwrap(tessera.vault.create({ passphrase })) });
  const differs = repeated !== '' && repeated !== passphrase;
  return (
    <Door
      title="Welcome to Tessera"
      text="Choose a passphrase for your vault. Your tokens are encrypted with it on this computer and go nowhere else."
      onSubmit={() => create.mutate()}
    >
      <TextField label="Passphrase" type="password" value={passphrase} onChange={setPassphrase} autoFocus />
      <Strength passphrase={passphrase} />
      <TextField
        label="Passphrase, once more"
        type="password"
        value={repeated}
        onChange={setRepeated}
        error={differs ? 'The two differ.' : undefined}
      />
      <p className={styles.note}>
        Nobody can recover it for you. Four or more uncommon words are easy to keep and hard to guess.
      </p>
      <ErrorBanner error={create.error} />
      <Button
        type="submit"
        kind="primary"
        isDisabled={create.isPending || passphrase === '' || repeated !== passphrase}
      >
        {create.isPending ? 'Creating…' : 'Create vault'}
      </Button>
    </Door>
  );
}

export function UnlockVault({ home }: { readonly home: string }) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation({
    mutationFn: () => unwrap(tessera.vault.unlock({ kind: 'passphrase', passphrase })),
    onError: () => setPassphrase(''),
  });
  return (
    <Door title="Your vault is locked" text={home} onSubmit={() => unlock.mutate()}>
      <TextField label="Passphrase" type="password" value={passphrase} onChange={setPassphrase} autoFocus />
      <ErrorBanner error={unlock.error} />
      <Button type="submit" kind="primary" isDisabled={unlock.isPending || passphrase === ''}>
        {unlock.isPending ? 'Unlocking…' : 'Unlock'}
      </Button>
    </Door>
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

interface DoorProps {
  readonly title: string;
  readonly text: string;
  readonly onSubmit: () => void;
  readonly children: React.ReactNode;
}

function Door({ title, text, onSubmit, children }: DoorProps) {
  return (
    <main className={styles.door}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className={styles.mark} aria-hidden>
          <i />
          <i />
          <i />
          <i />
        </div>
        <h1>{title}</h1>
        <p className={styles.note}>{text}</p>
        {children}
      </form>
    </main>
  );
}
