import type { ManagementExchange } from '../../shared/tokens/remote-token.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import ui from '../ui/ui.module.css';
import { Exchanges } from './exchanges.tsx';

interface RemoteDoneDialogProps {
  readonly about: string;
  readonly exchanges: readonly ManagementExchange[];
  readonly onClose: () => void;
}

/** That a change was made at the provider, and what was said about it. */
export function RemoteDoneDialog({ about, exchanges, onClose }: RemoteDoneDialogProps) {
  return (
    <Dialog title="Done" onClose={onClose}>
      <p role="status">{about}</p>
      <Exchanges exchanges={exchanges} />
      <div className={ui.actions}>
        <Button kind="primary" onPress={onClose} autoFocus>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
