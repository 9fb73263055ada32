import { useState } from 'react';
import type { ProviderId, ProviderSummary } from '../../shared/providers/provider.ts';
import { type RecognisedCredential, recogniseCredential } from '../../shared/tokens/recognise-credential.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import styles from './tokens.module.css';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  readonly autoFocus?: boolean;
}

/** A secret that is typed or pasted: dots, until somebody wants to see it. */
export function SecretField(props: SecretFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className={styles.secret}>
      <TextField {...props} type={isShown ? 'text' : 'password'} isValue />
      <Button onPress={() => setShown(!isShown)}>{isShown ? 'Hide' : 'Show'}</Button>
    </div>
  );
}

interface RecognisingFieldProps extends SecretFieldProps {
  readonly providers: readonly ProviderSummary[];
  readonly preferred: ProviderId | null;
  /** Fills the form in. @returns what takes it back */
  readonly onRecognised: (found: RecognisedCredential) => () => void;
}

/** A secret field that looks at what is pasted and fills in what it shows, with a way back. */
export function RecognisingSecretField({
  providers,
  preferred,
  onRecognised,
  onChange,
  ...field
}: RecognisingFieldProps) {
  const [recognised, setRecognised] = useState<{ readonly why: string; readonly undo: () => void } | null>(
    null,
  );
  return (
    <>
      <div
        onPaste={(event) => {
          const text = event.clipboardData.getData('text');
          const found = recogniseCredential(text, { providers, preferred });
          if (found === null) return;
          event.preventDefault();
          const undo = onRecognised(found);
          setRecognised({ why: found.why, undo });
        }}
      >
        <SecretField
          {...field}
          onChange={(value) => {
            setRecognised(null);
            onChange(value);
          }}
        />
      </div>
      {recognised !== null && (
        <Banner
          tone="good"
          action={
            <Button
              kind="quiet"
              onPress={() => {
                recognised.undo();
                setRecognised(null);
              }}
            >
              Undo
            </Button>
          }
        >
          {recognised.why} The form was filled in with it.
        </Banner>
      )}
    </>
  );
}
