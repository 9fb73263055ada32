import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import styles from './ui.module.css';
import { useFocusReturned } from './use-focus-returned.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Room for two columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/**
 * In front of everything until it is closed; Escape closes it. It scrolls as a whole below its title and above its
 * `ui.actions`, so that the arrow keys scroll it too while the focus is on a button.
 */
export function Dialog({ title, onClose, isWide = false, children }: DialogProps) {
  const dialog = useRef<HTMLElement>(null);
  useFocusReturned(dialog);
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''} data-wide={isWide}>
        <AriaDialog ref={dialog} className={styles.dialog ?? ''}>
          <Heading slot="title" level={2} className={styles.heading ?? ''}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface FormDialogProps extends DialogProps {
  readonly action: string;
  /** What has to be known for it is there. */
  readonly isReady?: boolean;
  readonly isBusy?: boolean;
  readonly isDangerous?: boolean;
  /** Left out: it can. */
  readonly canCancel?: boolean;
  /** For one that has nothing to type into: Enter does it at once. */
  readonly isJustAsking?: boolean;
  readonly onSubmit: () => void;
}

/**
 * A dialog that does one thing: Enter does it, Escape leaves. While it is at work the button keeps the focus, or keys
 * would lead nowhere; where a field is what is wrong, the focus goes there afterwards.
 */
export function FormDialog({
  action,
  isReady = true,
  isBusy = false,
  isDangerous = false,
  canCancel = true,
  isJustAsking = false,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const wasSubmitted = useRef(false);
  useEffect(() => {
    if (isBusy || !wasSubmitted.current) return;
    wasSubmitted.current = false;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [isBusy]);
  return (
    <Dialog {...dialog}>
      <form
        ref={form}
        className={styles.field}
        onSubmit={(event) => {
          event.preventDefault();
          if (isBusy || !isReady) return;
          wasSubmitted.current = true;
          onSubmit();
        }}
      >
        <div className={styles.field} data-form="true">
          {children}
        </div>
        <div className={styles.actions}>
          {canCancel && <Button onPress={dialog.onClose}>Cancel</Button>}
          <Button
            type="submit"
            kind={isDangerous ? 'danger' : 'primary'}
            isDisabled={!isReady}
            // Not `isPending`, whose announcement names a button that is gone with the dialog.
            aria-disabled={isBusy}
            autoFocus={isJustAsking}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
