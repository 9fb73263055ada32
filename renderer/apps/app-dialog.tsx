import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import { parseAllowedOrigin } from '../../shared/apps/allowed-origin.ts';
import { type App, plaintextOrigins } from '../../shared/apps/app.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { refresh, useProviders } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { confirmed } from '../vault/confirmation.tsx';

interface AppDialogProps {
  /** Left out: a new one. */
  readonly app?: App;
  readonly onClose: () => void;
  readonly onSaved: (app: App) => void;
}

/** What an app is: its provider, where it lives, and where its tokens may go. */
export function AppDialog({ app, onClose, onSaved }: AppDialogProps) {
  const { data: providers = [] } = useProviders();
  const [name, setName] = useState(app?.name ?? '');
  const [provider, setProvider] = useState<ProviderId | ''>(app?.provider ?? '');
  const [baseUrl, setBaseUrl] = useState(app?.baseUrl ?? '');
  const [origins, setOrigins] = useState(app?.allowedOrigins.join(' ') ?? '');
  const allowedOrigins = origins.split(/[\s,]+/).filter((origin) => origin !== '');
  const save = useMutation({
    mutationFn: () => {
      const fields = {
        name,
        provider: provider === '' ? null : provider,
        baseUrl: baseUrl === '' ? null : baseUrl,
        allowedOrigins,
      };
      return confirmed(() =>
        app === undefined
          ? tessera.apps.create(fields)
          : tessera.apps.update({ appId: app.id, changes: fields }),
      );
    },
    onSuccess: (saved) => {
      refresh('apps');
      onSaved(saved);
      onClose();
    },
  });
  const problem = (path: string) =>
    save.error instanceof AppError && String(save.error.details?.path).split('.').includes(path)
      ? save.error.message
      : undefined;
  const changeBaseUrl = (url: string) => {
    // The allowed origins follow the base URL until somebody writes their own.
    if (origins === originOf(baseUrl)) setOrigins(originOf(url));
    setBaseUrl(url);
  };
  const chooseProvider = (id: ProviderId | '') => {
    setProvider(id);
    const chosen = providers.find((each) => each.id === id);
    if (chosen === undefined) return;
    changeBaseUrl(chosen.baseUrls[0]?.url ?? '');
    if (name === '') setName(chosen.name);
  };
  const unencrypted = plaintextOrigins(
    allowedOrigins.filter((origin) => 'origin' in parseAllowedOrigin(origin)),
  );
  const known = problem('name') ?? problem('baseUrl') ?? problem('allowedOrigins');
  return (
    <FormDialog
      title={app === undefined ? 'Add an app' : 'Edit the app'}
      action={app === undefined ? 'Add app' : 'Save'}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <SelectField
        label="Provider"
        value={provider}
        onChange={chooseProvider}
        options={[
          { value: '', label: 'Any other HTTP API' },
          ...providers.map(({ id, name: label }) => ({ value: id, label })),
        ]}
      />
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={problem('name')}
        placeholder="Billing bot"
        autoFocus
      />
      <TextField
        label="Base URL"
        value={baseUrl}
        onChange={changeBaseUrl}
        error={problem('baseUrl')}
        hint={
          /\{\w+\}/.test(baseUrl)
            ? 'Replace what stands in braces by your own.'
            : 'Where the paths of its requests start.'
        }
        placeholder="https://api.example.com/v1"
        isValue
      />
      <TextField
        label="Allowed origins"
        value={origins}
        onChange={setOrigins}
        error={problem('allowedOrigins')}
        hint="Its tokens go to these and nowhere else. Several are separated by spaces."
        placeholder="https://api.example.com"
        isValue
      />
      {unencrypted.length > 0 && (
        <Banner tone="warn">
          {unencrypted.join(', ')} is not encrypted: everyone on the way can read the tokens.
        </Banner>
      )}
      {known === undefined && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}

function originOf(url: string): string {
  return URL.canParse(url) && /^https?:/.test(url) && !/[{}]/.test(url) ? new URL(url).origin : '';
}
