import { useState } from 'react';
import { tessera } from '../api/tessera.ts';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { CheckField } from '../ui/fields.tsx';
import styles from './vault-screens.module.css';

/** The one time that the code is shown. */
export function RecoveryCodeDialog({
  code,
  onClose,
}: {
  readonly code: string;
  readonly onClose: () => void;
}) {
  const [isKept, setKept] = useState(false);
  const [isCopied, setCopied] = useState(false);
  return (
    <FormDialog
      title="Your recovery code"
      action="Done"
      isReady={isKept}
      canCancel={false}
      onClose={() => isKept && onClose()}
      onSubmit={onClose}
    >
      <p>
        It opens the vault when the passphrase is forgotten. Write it down and keep it apart from this
        computer: it is shown this once and stored nowhere. An earlier code does not work any more.
      </p>
      <p className={styles.code}>
        {code.split('-').map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <Button
        onPress={() => {
          void tessera.clipboard.write({ text: code });
          setCopied(true);
        }}
      >
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
      <CheckField label="I have kept it in a safe place" isChecked={isKept} onChange={setKept} />
    </FormDialog>
  );
}
