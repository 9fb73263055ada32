import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { MaskedDialog } from './masked-dialog.tsx';
import styles from './response-view.module.css';
import type { useShownSecrets } from './use-shown-secrets.ts';

interface MaskedSwitchProps {
  readonly responseId: string;
  readonly redactions: number;
  readonly secrets: ReturnType<typeof useShownSecrets>;
}

/** How much is masked in an answer, what it is, and a switch that shows it. */
export function MaskedSwitch({ responseId, redactions, secrets }: MaskedSwitchProps) {
  const [isOpen, setOpen] = useState(false);
  if (redactions === 0) return null;
  return (
    <span className={styles.masked}>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {redactions === 1 ? '1 secret masked' : `${redactions} secrets masked`}
      </Button>
      <label>
        <input
          type="checkbox"
          checked={secrets.shown !== null}
          onChange={(event) => (event.target.checked ? secrets.show() : secrets.hide())}
        />{' '}
        Show secrets
      </label>
      {isOpen && <MaskedDialog responseId={responseId} onClose={() => setOpen(false)} />}
    </span>
  );
}
