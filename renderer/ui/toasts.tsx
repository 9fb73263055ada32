import { X } from 'lucide-react';
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button } from './button.tsx';
import styles from './ui.module.css';

interface ToastMessage {
  readonly text: string;
  /** A way back, while the toast is there. */
  readonly undo?: () => void;
}

const SHOWN_MS = 8_000;

/** One that offers a way back stays longer. */
const UNDO_MS = 15_000;

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/**
 * Says that something was done, for a few seconds.
 *
 * @param undo a way back
 * @param onClose the way back was not taken: the message is gone, by itself or by hand
 */
export function toast(text: string, undo?: () => void, onClose?: () => void): void {
  if (undo === undefined) {
    queue.add({ text }, { timeout: SHOWN_MS });
    return;
  }
  let isUndone = false;
  const goBack = () => {
    isUndone = true;
    undo();
  };
  queue.add({ text, undo: goBack }, { timeout: UNDO_MS, onClose: () => !isUndone && onClose?.() });
}

export function clearToasts(): void {
  queue.clear();
}

export function Toasts() {
  return (
    <ToastRegion queue={queue} className={styles.toasts ?? ''} aria-label="Messages">
      {({ toast: shown }) => (
        <Toast toast={shown} className={styles.toast ?? ''}>
          <ToastContent>
            <Text slot="title">{shown.content.text}</Text>
          </ToastContent>
          {shown.content.undo !== undefined && (
            <Button
              onPress={() => {
                shown.content.undo?.();
                queue.close(shown.key);
              }}
            >
              Undo
            </Button>
          )}
          <AriaButton
            slot="close"
            aria-label="Close the message"
            data-kind="quiet"
            className={`${styles.button} ${styles.icon}`}
          >
            <X size={14} aria-hidden />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
