import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import { parseAllowedOrigin } from '../../shared/apps/allowed-origin.ts';
import { type App, type AppCheck, parseAppCheck, plaintextOrigins } from '../../shared/apps/app.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { refresh, useProviders } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { DefaultTokenField } from './default-token-field.tsx';
import { ProviderField } from './provider-field.tsx';
import { ProviderPlace, usualBaseUrl } from './provider-place.tsx';

interface AppDialogProps {
  /** Left out: a new one. */
  readonly app?: App;
  /** An origin that its tokens should go to as well: put into the form, for the user to save or not. */
  readonly adding?: string;
  readonly onClose: () => void;
  readonly onSaved: (app: App) => void;
}

/** What an app is: its provider, where it lives, and where its tokens may go. */
export function AppDialog({ app, adding, onClose, onSaved }: AppDialogProps) {
  const { data: providers = [] } = useProviders();
  const [name, setName] = useState(app?.name ?? '');
  const [provider, setProvider] = useState<ProviderId | null>(app?.provider ?? null);
  /** Chosen in this dialog: an app that is there has its base URL already. */
  const [isChosen, setChosen] = useState(false);
  const [baseUrl, setBaseUrl] = useState(app?.baseUrl ?? '');
  const [origins, setOrigins] = useState(() =>
    [...(app?.allowedOrigins ?? []), ...(adding === undefined ? [] : [adding])].join(' '),
  );
  const [defaultToken, setDefaultToken] = useState(app?.defaultToken ?? '');
  const [check, setCheck] = useState(app?.check ? checkText(app.check) : '');
  const known = providers.find(({ id }) => id === provider);
  const allowedOrigins = origins.split(/[\s,]+/).filter((origin) => origin !== '');
  const parsedCheck = check.trim() === '' ? null : parseAppCheck(check);
  const badCheck = check.trim() !== '' && parsedCheck === null;
  const save = useMutation({
    mutationFn: () => {
      const fields = {
        name,
        provider,
        baseUrl: baseUrl === '' ? null : baseUrl,
        allowedOrigins,
        check: parsedCheck,
      };
      return confirmed(() =>
        app === undefined
          ? tessera.apps.create(fields)
          : tessera.apps.update({
              appId: app.id,
              changes: { ...fields, defaultToken: defaultToken === '' ? null : defaultToken },
            }),
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
  const chooseProvider = (id: ProviderId | null) => {
    setProvider(id);
    setChosen(true);
    const chosen = providers.find((each) => each.id === id);
    if (chosen === undefined) return;
    changeBaseUrl(usualBaseUrl(chosen));
    if (name === '' || providers.some((each) => each.name === name)) setName(chosen.name);
  };
  const isPlaced = ['name', 'baseUrl', 'allowedOrigins'].some((path) => problem(path) !== undefined);
  return (
    <FormDialog
      title={app === undefined ? 'Add an app' : 'Edit the app'}
      action={app === undefined ? 'Add app' : 'Save'}
      isReady={!badCheck}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {adding !== undefined && (
        <Banner tone="warn">
          Once {adding} is allowed, every token of this app may be sent there. Allow it only if you know whose
          it is, and look at its spelling.
        </Banner>
      )}
      <ProviderField value={provider} providers={providers} onChange={chooseProvider} />
      {isChosen && known !== undefined && (
        <ProviderPlace key={known.id} provider={known} onBaseUrl={changeBaseUrl} />
      )}
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={problem('name')}
        placeholder="Billing bot"
        autoFocus={adding === undefined}
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
        autoFocus={adding !== undefined}
        isValue
      />
      {app !== undefined && <DefaultTokenField app={app} value={defaultToken} onChange={setDefaultToken} />}
      <TextField
        label="Check"
        value={check}
        onChange={setCheck}
        error={badCheck ? 'Write a method and a path, such as GET /me.' : undefined}
        hint="The request that tells whether a token works. Empty: the provider’s."
        placeholder={known?.check ? checkText(known.check) : 'GET /me'}
        isValue
      />
      <PlaintextWarning origins={allowedOrigins} />
      {!isPlaced && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}

function PlaintextWarning({ origins }: { readonly origins: readonly string[] }) {
  const unencrypted = plaintextOrigins(origins.filter((origin) => 'origin' in parseAllowedOrigin(origin)));
  if (unencrypted.length === 0) return null;
  return (
    <Banner tone="warn">
      {unencrypted.join(', ')} is not encrypted: everyone on the way can read the tokens.
    </Banner>
  );
}

function checkText({ method, path }: AppCheck): string {
  return `${method} ${path}`;
}

function originOf(url: string): string {
  return URL.canParse(url) && /^https?:/.test(url) && !/[{}]/.test(url) ? new URL(url).origin : '';
}
