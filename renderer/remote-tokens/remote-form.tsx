import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { Asking } from './asking.tsx';
import { Exchanges } from './exchanges.tsx';
import styles from './remote-tokens.module.css';
import type { RemoteCall } from './use-remote-call.ts';

interface RemoteFormProps {
  readonly title: string;
  readonly action: string;
  /** Of the provider. */
  readonly name: string;
  /** What happens there, in a sentence. */
  readonly about: ReactNode;
  readonly call: Pick<RemoteCall<unknown>, 'isPending' | 'error' | 'refused' | 'cancel'>;
  readonly isReady?: boolean;
  /** The call is for a moment later. */
  readonly isHeld?: boolean;
  readonly isDangerous?: boolean;
  readonly isWide?: boolean;
  /** Whether the error is shown beside its field. */
  readonly isPlaced?: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** The same without the provider; left out: there is no such thing. */
  readonly local?: { readonly label: string; readonly act: () => void };
  readonly children?: ReactNode;
}

/** A change that is made at the provider: with progress, and a way to stop. */
export function RemoteForm(props: RemoteFormProps) {
  const { title, action, name, about, call, isReady = true, isDangerous = false, isWide = false } = props;
  const { isHeld = false, isPlaced = false, onClose, onSubmit, local, children } = props;
  const failure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A long form has its end, where this stands, out of sight.
    if (call.error !== null) failure.current?.scrollIntoView({ block: 'nearest' });
  }, [call.error]);
  const leave = () => {
    if (call.isPending) {
      call.cancel();
      toast(`Stopped. ${name} may have done it all the same: Refresh shows it.`);
    }
    onClose();
  };
  return (
    <FormDialog
      title={title}
      action={action}
      isWide={isWide}
      isDangerous={isDangerous}
      isReady={isReady}
      isBusy={call.isPending || isHeld}
      onClose={leave}
      onSubmit={onSubmit}
    >
      <div className={styles.about}>
        <div>{about}</div>
        {local !== undefined && (
          <Button isDisabled={call.isPending} onPress={local.act}>
            {local.label}
          </Button>
        )}
      </div>
      {children}
      {call.isPending && <Asking name={name} />}
      <div ref={failure} className={styles.failure}>
        {!isPlaced && !call.isPending && <ErrorBanner error={call.error} />}
        <Exchanges exchanges={call.refused} />
      </div>
    </FormDialog>
  );
}
