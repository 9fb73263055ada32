import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { LoginInput, LoginPreset } from '../../shared/logins/login.ts';
import { OAUTH_GRANTS, type OAuthGrant } from '../../shared/logins/oauth.ts';
import { keyOf, type TokenListItem } from '../../shared/tokens/token.ts';
import { refresh, useProviders } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { CheckField, SelectField, TextField } from '../ui/fields.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { DescriptionFields } from './description-fields.tsx';
import {
  type DescriptionDraft,
  descriptionDraft,
  descriptionOf,
  NEW_DESCRIPTION,
  placesIn,
} from './login-draft.ts';
import styles from './logins.module.css';
import { NEW_OAUTH, type OAuthDraft, OAuthFields, oauthDraft, oauthOf } from './oauth-fields.tsx';
import { TryLogin } from './try-login.tsx';

const GRANTS: Readonly<Record<OAuthGrant, string>> = {
  'authorization-code': 'OAuth 2.0: sign in in the browser',
  'device-code': 'OAuth 2.0: enter a code elsewhere',
  'client-credentials': 'OAuth 2.0: as a client, with its secret',
};

/** The login that is described by hand. */
const OWN = 'own';

/** A login of a provider by its id, one that is described here, or a grant of OAuth. */
type Way = string;

interface LoginDialogProps {
  readonly app: App;
  /** The token whose sign-in is changed; `null`: a new one. */
  readonly token: TokenListItem | null;
  readonly onClose: () => void;
  /** A new token is there; `password`: what was typed, for the first sign-in. */
  readonly onAdded: (token: TokenListItem, password: string | null) => void;
}

/** How a token is got by signing in: by a known login, one that is described here, or OAuth 2.0. */
export function LoginDialog(props: LoginDialogProps) {
  const { data: providers } = useProviders();
  if (providers === undefined) return null;
  const own = providers.find(({ id }) => id === props.app.provider)?.logins ?? [];
  const others = providers.flatMap(({ logins }) => logins ?? []).filter((each) => !own.includes(each));
  return <LoginForm {...props} presets={[...own, ...others]} usual={own[0]} />;
}

interface LoginFormProps extends LoginDialogProps {
  readonly presets: readonly LoginPreset[];
  readonly usual: LoginPreset | undefined;
}

function LoginForm({ app, token, presets, usual, onClose, onAdded }: LoginFormProps) {
  const [name, setName] = useState(token?.name ?? 'main');
  const [way, setWay] = useState<Way>(() => wayOf(token, presets) ?? usual?.id ?? OWN);
  const [username, setUsername] = useState(token?.login?.username ?? '');
  const [domain, setDomain] = useState(token?.login?.domain ?? '');
  const [clientId, setClientId] = useState(token?.login?.clientId ?? '');
  const [secret, setSecret] = useState('');
  const [keepsPassword, setKeeps] = useState(token?.login?.keepsPassword ?? true);
  const [scopes, setScopes] = useState(token?.scopes.join(' ') ?? '');
  const [described, setDescribed] = useState<DescriptionDraft>(() =>
    token?.login ? descriptionDraft(token.login.description) : NEW_DESCRIPTION,
  );
  const [oauth, setOAuth] = useState<OAuthDraft>(() => (token?.oauth ? oauthDraft(token.oauth) : NEW_OAUTH));
  const grant = OAUTH_GRANTS.find((each) => each === way);
  const description =
    presets.find(({ id }) => id === way)?.description ?? (grant ? null : descriptionOf(described));
  const places = description === null ? new Set<string>() : placesIn(description);
  const login: LoginInput | null =
    description === null ? null : { description, username, domain, clientId, keepsPassword };
  const wantsSecret = grant !== undefined && oauth.clientAuthentication !== 'none';
  const fields = {
    name,
    login,
    oauth: grant === undefined ? null : oauthOf(oauth, grant),
    scopes: grant === undefined ? [] : scopes.split(/[\s,]+/).filter((scope) => scope !== ''),
  };
  const save = useMutation({
    mutationFn: () =>
      token === null
        ? unwrap(
            tessera.tokens.add({
              appId: app.id,
              token: {
                ...fields,
                scheme: grant === undefined ? 'login' : 'oauth2',
                secret: grant === undefined || wantsSecret ? secret : '',
              },
            }),
          )
        : confirmed(() => tessera.tokens.edit({ ...keyOf(token), changes: fields })),
    gcTime: 0,
    onSuccess: (saved) => {
      refresh('tokens');
      onClose();
      if (token === null) onAdded(saved, login !== null && secret !== '' ? secret : null);
    },
  });
  const problem = (path: string) =>
    save.error instanceof AppError && String(save.error.details?.path).split('.').at(-1) === path
      ? save.error.message
      : undefined;
  const isPlaced = ['name', 'secret', 'issuer', 'clientId', 'tokenEndpoint'].some(problem);
  return (
    <FormDialog
      title={token === null ? `Sign in for ${app.name}` : `Sign-in of ${token.name}`}
      action={token === null ? 'Add and connect' : 'Save'}
      isWide
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <TextField label="Name" value={name} onChange={setName} error={problem('name')} autoFocus />
      <SelectField
        label="Way to sign in"
        value={way}
        options={wayOptions(presets, token)}
        onChange={setWay}
      />
      {login !== null && (
        <>
          <div className={styles.columns}>
            <TextField label="User name" value={username} onChange={setUsername} isValue />
            {places.has('domain') && (
              <TextField
                label="Domain"
                value={domain}
                onChange={setDomain}
                hint="Where there are several"
                isValue
              />
            )}
            {places.has('clientId') && (
              <TextField label="Client ID" value={clientId} onChange={setClientId} isValue />
            )}
          </div>
          {token === null && (
            <TextField
              label="Password"
              type="password"
              value={secret}
              onChange={setSecret}
              error={problem('secret')}
              isValue
            />
          )}
          <CheckField
            label="Keep the password, sealed in the vault"
            isChecked={keepsPassword}
            onChange={setKeeps}
            hint="If not, it is asked for whenever a sign-in needs it."
          />
        </>
      )}
      {login !== null && way === OWN && (
        <>
          <DescriptionFields draft={described} onChange={setDescribed} />
          <TryLogin appId={app.id} login={login} password={secret} />
        </>
      )}
      {grant !== undefined && (
        <>
          <OAuthFields draft={oauth} grant={grant} onChange={setOAuth} problem={problem} />
          {wantsSecret && token === null && (
            <TextField
              label="Client secret"
              type="password"
              value={secret}
              onChange={setSecret}
              error={problem('secret')}
              isValue
            />
          )}
          <TextField
            label="Scopes"
            value={scopes}
            onChange={setScopes}
            error={problem('scopes')}
            hint="As the provider names them"
            isValue
          />
        </>
      )}
      {!isPlaced && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}

function wayOptions(presets: readonly LoginPreset[], token: TokenListItem | null) {
  const logins = [
    ...presets.map(({ id, name }) => ({ value: id, label: name })),
    { value: OWN, label: 'Another login, described here' },
  ];
  const grants = (['authorization-code', 'device-code', 'client-credentials'] as const).map((value) => ({
    value,
    label: GRANTS[value],
  }));
  // What is sealed differs: a token stays with its kind.
  if (token !== null) return token.scheme === 'login' ? logins : grants;
  return [...logins, ...grants];
}

function wayOf(token: TokenListItem | null, presets: readonly LoginPreset[]): Way | undefined {
  if (token === null) return undefined;
  if (token.oauth !== null) return token.oauth.grant;
  const text = JSON.stringify(token.login?.description);
  return presets.find(({ description }) => JSON.stringify(description) === text)?.id ?? OWN;
}
