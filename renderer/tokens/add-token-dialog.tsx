import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { isObtained, TOKEN_SCHEMES, type TokenScheme } from '../../shared/tokens/token.ts';
import { refresh, useProviders } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import styles from './tokens.module.css';

const SCHEME_LABELS: Readonly<Record<TokenScheme, string>> = {
  basic: 'Basic (ID and secret)',
  bearer: 'Bearer',
  query: 'URL parameter',
  header: 'Header',
  login: 'Login (user name and password)',
  oauth2: 'OAuth 2.0',
};

/** Keeps a token of the app, with its provider's own words where it has one. */
export function AddTokenDialog({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const { data: providers = [] } = useProviders();
  const schemes = providers.find(({ id }) => id === app.provider)?.schemes ?? [];
  const [name, setName] = useState('main');
  const [chosen, setChosen] = useState<TokenScheme | null>(null);
  const scheme = chosen ?? schemes[0]?.scheme ?? 'bearer';
  const offered = schemes.find((each) => each.scheme === scheme);
  const [typedField, setField] = useState<string | null>(null);
  const field = typedField ?? offered?.field ?? '';
  const [tokenId, setTokenId] = useState('');
  const [secret, setSecret] = useState('');
  const [isShown, setShown] = useState(false);
  const [expires, setExpires] = useState('');
  const [scopes, setScopes] = useState('');
  const expiresAt = expires === '' ? null : parseExpiryDate(expires);
  const badDate = expires !== '' && expiresAt === null;
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        tessera.tokens.add({
          appId: app.id,
          token: {
            name,
            scheme,
            secret,
            expiresAt,
            field: scheme === 'query' || scheme === 'header' ? field : null,
            tokenId: scheme === 'basic' ? tokenId : null,
            scopes: scopes.split(/[\s,]+/).filter((scope) => scope !== ''),
          },
        }),
      ),
    onSuccess: () => {
      refresh('tokens');
      onClose();
    },
  });
  const problem = (path: string) =>
    add.error instanceof AppError && String(add.error.details?.path).split('.').includes(path)
      ? add.error.message
      : undefined;
  const isPlaced = ['name', 'field', 'tokenId', 'secret', 'scopes'].some(
    (path) => problem(path) !== undefined,
  );
  const ordered = [...new Set([...schemes.map((each) => each.scheme), ...TOKEN_SCHEMES])].filter(
    (each) => !isObtained({ scheme: each }),
  );
  return (
    <FormDialog
      title={`Add a token to ${app.name}`}
      action="Add token"
      isBusy={add.isPending || badDate}
      onClose={onClose}
      onSubmit={() => add.mutate()}
    >
      <div className={styles.columns}>
        <TextField label="Name" value={name} onChange={setName} error={problem('name')} autoFocus />
        <SelectField
          label="How it is sent"
          value={scheme}
          options={ordered.map((value) => ({ value, label: SCHEME_LABELS[value] }))}
          onChange={(next) => {
            setChosen(next);
            setField(null);
          }}
        />
      </div>
      {scheme === 'basic' && (
        <TextField
          label={offered?.labels.tokenId ?? 'ID'}
          value={tokenId}
          onChange={setTokenId}
          error={problem('tokenId')}
          isValue
        />
      )}
      {(scheme === 'query' || scheme === 'header') && (
        <TextField
          label={scheme === 'query' ? 'Name of the parameter' : 'Name of the header'}
          value={field}
          onChange={setField}
          error={problem('field')}
          placeholder={scheme === 'query' ? 'api_key' : 'X-Api-Key'}
          isValue
        />
      )}
      <div className={styles.secret}>
        <TextField
          label={offered?.labels.secret ?? 'Secret'}
          type={isShown ? 'text' : 'password'}
          value={secret}
          onChange={setSecret}
          error={problem('secret')}
          isValue
        />
        <Button onPress={() => setShown(!isShown)}>{isShown ? 'Hide' : 'Show'}</Button>
      </div>
      <div className={styles.columns}>
        <TextField
          label="Expires"
          value={expires}
          onChange={setExpires}
          placeholder="never"
          error={badDate ? 'Write 2027-01-31 or 31-01-2027.' : undefined}
          hint="2027-01-31 or 31-01-2027"
        />
        <TextField
          label="Scopes"
          value={scopes}
          onChange={setScopes}
          error={problem('scopes')}
          hint="As the provider names them"
          isValue
        />
      </div>
      {!isPlaced && <ErrorBanner error={add.error} />}
    </FormDialog>
  );
}
