import { useState } from 'react';
import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import { useTokens } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { ConnectDialog } from './connect-dialog.tsx';

const ENDED_BY_SIGN_IN: ReadonlySet<ErrorCode> = new Set([
  'LOGIN_NEEDED',
  'REFRESH_FAILED',
  'TWO_FACTOR_NEEDED',
]);

interface ConnectOfferProps {
  readonly appId: string;
  /** Why nothing was sent. */
  readonly error: unknown;
  readonly onConnected: () => void;
}

/** Where a request was stopped because somebody has to sign in: the way to do so; else nothing. */
export function ConnectOffer({ appId, error, onConnected }: ConnectOfferProps) {
  const { data: tokens = [] } = useTokens(appId);
  const [isOpen, setOpen] = useState(false);
  if (!(error instanceof AppError) || !ENDED_BY_SIGN_IN.has(error.code)) return null;
  const token = tokens.find(({ name }) => name === error.details?.token);
  if (token === undefined) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)}>Connect and send</Button>
      {isOpen && (
        <ConnectDialog
          token={token}
          start={token.login === null ? { password: null } : null}
          onConnected={onConnected}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
