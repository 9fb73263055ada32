import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { OVERLAP_DAYS } from '../../shared/tokens/rotation.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import type { IssuedSecret, TokenValue } from '../../shared/tokens/token-value.ts';
import { refresh } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { expiryText, readExpiryText } from './expiry-text.ts';
import { fieldProblem } from './field-problem.ts';
import { OpenTokenPage } from './open-token-page.tsx';
import { SecretField } from './secret-field.tsx';
import { SecretShapeField } from './secret-shape-field.tsx';
import { USUAL_SHAPE } from './token-draft.ts';
import styles from './tokens.module.css';

interface RotateDialogProps {
  readonly token: TokenListItem;
  readonly provider: ProviderSummary | undefined;
  readonly onClose: () => void;
  readonly onIssued: (token: TokenListItem, issued: IssuedSecret) => void;
}

/** Puts a new value in a token's place. */
export function RotateDialog({ token, provider, onClose, onIssued }: RotateDialogProps) {
  const [kind, setKind] = useState<TokenValue['kind']>('given');
  const [secret, setSecret] = useState('');
  const [shape, setShape] = useState(USUAL_SHAPE);
  const [tokenId, setTokenId] = useState(token.tokenId ?? '');
  const [expires, setExpires] = useState(
    token.state.kind === 'expired' ? '' : expiryText(token, provider?.dayEnd),
  );
  const [overlap, setOverlap] = useState(String(OVERLAP_DAYS.standard));
  const [now] = useState(() => new Date());
  const expiry = readExpiryText(expires, now, provider?.dayEnd);
  const rotate = useMutation({
    mutationFn: () =>
      confirmed(() =>
        tessera.tokens.rotate({
          ...keyOf(token),
          value: kind === 'given' ? { kind, secret } : { kind, shape },
          rotation: {
            overlapDays: Number(overlap),
            ...expiry,
            ...(token.scheme === 'basic' ? { tokenId } : {}),
          },
        }),
      ),
    gcTime: 0,
    onSuccess: ({ token: rotated, issued }) => {
      refresh('tokens');
      onClose();
      if (issued !== null) onIssued(rotated, issued);
      else toast(`${rotated.name} has a new value. Revoke the old one at its provider.`);
    },
  });
  const problem = (path: string) => fieldProblem(rotate.error, path);
  const isOutOfReach = provider !== undefined && !provider.actions.includes('regenerate');
  const labels = provider?.schemes.find(({ scheme }) => scheme === token.scheme)?.labels;
  return (
    <FormDialog
      title={`Rotate ${token.name}`}
      action={kind === 'given' ? 'Rotate' : 'Regenerate'}
      isWide
      isReady={expiry !== undefined}
      isBusy={rotate.isPending}
      onClose={onClose}
      onSubmit={() => rotate.mutate()}
    >
      <p>
        {isOutOfReach && `${provider.name} gives new values on its web page, not by its API. `}
        Requests go on as before: the new value takes the token’s name and place.
      </p>
      <SelectField
        label="New value"
        value={kind}
        options={[
          { value: 'given', label: 'One that the provider has made' },
          { value: 'generated', label: 'Regenerate: make one here' },
        ]}
        onChange={setKind}
      />
      {kind === 'given' ? (
        <SecretField
          label={labels?.secret ?? 'Secret'}
          value={secret}
          onChange={setSecret}
          error={problem('secret')}
          autoFocus
        />
      ) : (
        <SecretShapeField shape={shape} onChange={setShape} />
      )}
      {kind === 'given' && provider !== undefined && <OpenTokenPage provider={provider} />}
      <div className={styles.columns}>
        {token.scheme === 'basic' && (
          <TextField
            label={labels?.tokenId ?? 'ID'}
            value={tokenId}
            onChange={setTokenId}
            error={problem('tokenId')}
            isValue
          />
        )}
        <SelectField
          label="Keep the old value"
          value={overlap}
          options={[0, 1, 3, 7, 14, 30, 90].map((days) => ({
            value: String(days),
            label: days === 0 ? 'No: delete it now' : days === 1 ? 'For a day' : `For ${days} days`,
          }))}
          onChange={setOverlap}
          hint="As a retired token, while it may still be in use."
        />
      </div>
      <ExpiryField
        value={expires}
        onChange={setExpires}
        now={now}
        dayEnd={provider?.dayEnd}
        error={problem('expiresAt')}
      />
      {['secret', 'tokenId', 'expiresAt'].every((path) => problem(path) === undefined) && (
        <ErrorBanner error={rotate.error} />
      )}
    </FormDialog>
  );
}
