import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import ui from '../ui/ui.module.css';
import styles from './tokens.module.css';

interface RevealDialogProps {
  readonly token: TokenListItem;
  readonly secret: string;
  /** Seconds until it is hidden again. */
  readonly hidesAfter: number;
  readonly onCopy: () => void;
  readonly onClose: () => void;
}

/** A secret on screen, for a while. */
export function RevealDialog({ token, secret, hidesAfter, onCopy, onClose }: RevealDialogProps) {
  const [left, setLeft] = useState(hidesAfter);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) onClose();
  }, [left, onClose]);
  return (
    <Dialog title={`The secret of ${token.name}`} onClose={onClose}>
      <output className={styles.revealed} aria-label="Secret">
        {secret}
      </output>
      <p>Hidden again in {left === 1 ? 'a second' : `${left} seconds`}.</p>
      <div className={ui.actions}>
        <Button onPress={onCopy}>
          <Copy size={14} aria-hidden /> Copy
        </Button>
        <Button kind="primary" onPress={onClose} autoFocus>
          Hide
        </Button>
      </div>
    </Dialog>
  );
}
