import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { ConnectStep } from '../../shared/logins/connecting.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { tessera } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';
import { toast } from '../ui/toasts.tsx';
import { useOnce } from '../ui/use-once.ts';
import { connectedText } from './connected-text.ts';
import styles from './logins.module.css';
import { useConnect } from './use-connect.ts';

interface ConnectDialogProps {
  readonly token: TokenListItem;
  /** Begins at once; a password that was just typed is used. */
  readonly start: { readonly password: string | null } | null;
  readonly onConnected?: () => void;
  readonly onClose: () => void;
}

/** Signs in for a token: password where it is needed, code, the provider's page, and a way out. */
export function ConnectDialog({ token, start, onConnected, onClose }: ConnectDialogProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { connect, step, cancel, openCodePage } = useConnect(token, (connected) => {
    toast(connectedText(connected));
    onClose();
    onConnected?.();
  });
  const { mutate, isPending, error } = connect;
  useOnce(() => {
    if (start !== null) mutate({ password: start.password, code: null });
  });
  const wantsCode = error instanceof AppError && error.code === 'TWO_FACTOR_NEEDED';
  const [asksForCode, setAsks] = useState(false);
  if (wantsCode && !asksForCode) setAsks(true);
  return (
    <FormDialog
      title={`Connect ${token.name}`}
      action={asksForCode ? 'Send the code' : 'Connect'}
      isReady={!asksForCode || code.trim() !== ''}
      isBusy={isPending}
      onClose={() => {
        cancel();
        onClose();
      }}
      onSubmit={() =>
        mutate(
          asksForCode
            ? { password: null, code: code.trim() }
            : { password: password === '' ? null : password, code: null },
        )
      }
    >
      {token.login !== null && !asksForCode && (
        <TextField
          label={`Password of ${token.login.username || 'the user'}`}
          type="password"
          value={password}
          onChange={setPassword}
          hint={token.login.keepsPassword ? 'Empty: the one that is kept' : 'It is sent, and not kept'}
          autoFocus
          isValue
        />
      )}
      {asksForCode && (
        <TextField
          label="Code"
          value={code}
          onChange={setCode}
          hint="The provider has sent it to you, or your authenticator app shows it."
          autoFocus
          isValue
        />
      )}
      {token.oauth !== null && !isPending && error === null && (
        <p>
          {token.oauth.grant === 'client-credentials'
            ? 'Gets an access token for the client.'
            : 'You sign in on a page of the provider.'}
        </p>
      )}
      {isPending && <Progress step={step} onOpen={openCodePage} />}
      {!isPending && !(wantsCode && asksForCode) && <ErrorBanner error={error} />}
    </FormDialog>
  );
}

function Progress({ step, onOpen }: { readonly step: ConnectStep | null; readonly onOpen: () => void }) {
  if (step === null) return <p role="status">Signing in…</p>;
  if (step.kind === 'page') {
    return (
      <>
        <p role="status">Waiting for you to sign in in the browser. It comes back here by itself.</p>
        <div className={styles.start}>
          <CopyButton what="the address" text={step.url} />
        </div>
      </>
    );
  }
  return (
    <>
      <p>Enter this code at the address below, on this computer or another one:</p>
      <output className={styles.code} aria-label="Code to enter">
        {step.userCode}
      </output>
      <p className={styles.address}>{step.verificationUrl}</p>
      <div className={styles.ways}>
        <CopyButton what="the code" text={step.userCode} />
        <Button onPress={onOpen}>Open the page</Button>
        <CopyButton what="the address" text={step.verificationUrl} />
      </div>
      <p role="status">Waiting until the code has been entered…</p>
    </>
  );
}

/** Says that it has copied until one goes on. */
function CopyButton({ what, text }: { readonly what: string; readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      onPress={() => {
        void tessera.clipboard.write({ text });
        setCopied(true);
      }}
      onBlur={() => setCopied(false)}
    >
      {isCopied ? 'Copied' : `Copy ${what}`}
    </Button>
  );
}
