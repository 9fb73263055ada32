import { Button } from '../ui/button.tsx';
import styles from './response-view.module.css';
import type { useShownSecrets } from './use-shown-secrets.ts';

interface MaskedSwitchProps {
  readonly redactions: number;
  readonly secrets: ReturnType<typeof useShownSecrets>;
  readonly onOpen: () => void;
}

/** How much is masked in an answer, what it is, and a switch that shows it. */
export function MaskedSwitch({ redactions, secrets, onOpen }: MaskedSwitchProps) {
  return (
    <span className={styles.masked}>
      <Button kind="quiet" onPress={onOpen}>
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
    </span>
  );
}
