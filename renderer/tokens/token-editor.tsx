import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderId, ProviderSummary } from '../../shared/providers/provider.ts';
import {
  isObtained,
  TOKEN_SCHEMES,
  type TokenExpiry,
  type TokenListItem,
  type TokenScheme,
} from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { refresh, useApps, useProviders, useTokens } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import { confirmed } from '../vault/confirmation.tsx';
import { ActsAsField } from './acts-as-field.tsx';
import { CheckNote } from './check-note.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { readExpiryText } from './expiry-text.ts';
import { fieldProblem } from './field-problem.ts';
import { ScopesField } from './scopes-field.tsx';
import { RecognisingSecretField } from './secret-field.tsx';
import { SecretShapeField } from './secret-shape-field.tsx';
import {
  draftOf,
  newDraft,
  type TokenDraft,
  tokenFields,
  usualScheme,
  withRecognised,
} from './token-draft.ts';
import styles from './tokens.module.css';
import { UseProviderValues } from './use-provider-values.tsx';

const SCHEME_LABELS: Readonly<Record<TokenScheme, string>> = {
  basic: 'Basic (ID and secret)',
  bearer: 'Bearer',
  query: 'URL or form parameter',
  header: 'Header',
  login: 'Login (user name and password)',
  oauth2: 'OAuth 2.0',
};

/** Paths of errors that are shown beside their field. */
const PLACED = ['name', 'field', 'tokenId', 'secret', 'scopes', 'expiresAt'];

/** What the editor is opened for. A copy starts from a token that is there; its secret is its own. */
export type EditorTask =
  | { readonly kind: 'add' | 'generate' }
  | { readonly kind: 'edit' | 'copy'; readonly token: TokenListItem };

interface TokenEditorProps {
  /** Whose token it is; `null`: asked for. */
  readonly app: App | null;
  readonly task: EditorTask;
  readonly onClose: () => void;
  /** A secret was made, and is to be looked at once. */
  readonly onIssued: (token: TokenListItem, issued: IssuedSecret) => void;
}

/** All that is kept of a token. The dialog of its birth, of its copies and of its changes. */
export function TokenEditor(props: TokenEditorProps) {
  const { data: providers } = useProviders();
  const { data: apps } = useApps();
  const [chosen, setChosen] = useState(props.app);
  const app = chosen ?? apps?.[0];
  if (providers === undefined || app === undefined) return null;
  return (
    <AppTokenEditor
      key={app.id}
      {...props}
      app={app}
      apps={props.app === null ? (apps ?? []) : []}
      providers={providers}
      onApp={setChosen}
    />
  );
}

interface AppTokenEditorProps extends TokenEditorProps {
  readonly app: App;
  /** To choose from. */
  readonly apps: readonly App[];
  readonly providers: readonly ProviderSummary[];
  readonly onApp: (app: App) => void;
}

function AppTokenEditor(props: AppTokenEditorProps) {
  const { app, apps, task, providers, onApp, onClose } = props;
  const { data: tokens = [] } = useTokens(app.id);
  const providerNamed = (id: ProviderId | '') => providers.find((each) => each.id === (id || app.provider));
  const [draft, setDraft] = useState<TokenDraft>(() => startOf(task, providerNamed, tokens));
  const [now] = useState(() => new Date());
  const change = (changes: Partial<TokenDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const provider = providerNamed(draft.provider);
  const expiry = readExpiryText(draft.expires, now, provider?.dayEnd);
  const before = task.kind === 'edit' ? task.token.expiresAt : null;
  const expiresAt = expiry?.expiresAt ?? null;
  /** The button says so, and it is seen beside the date. */
  const allowExpired = expiresAt !== before && hasExpired(expiresAt, now);
  const save = useSave(props, draft, { expiry, allowExpired });
  const problem = (path: string) => fieldProblem(save.error, path);
  const offered = provider?.schemes.find((each) => each.scheme === draft.scheme);
  const isKept = task.kind === 'edit' && isObtained(task.token);
  return (
    <FormDialog
      title={titleOf(task, app)}
      action={(allowExpired ? EXPIRED_ACTIONS : ACTIONS)[task.kind]}
      isWide
      isBusy={save.isPending || expiry === undefined}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {task.kind === 'edit' && provider !== undefined && (
        <p className={ui.hint}>This changes what the vault says of it. {provider.name} is told nothing.</p>
      )}
      {apps.length > 0 && (
        <SelectField
          label="App"
          value={app.id}
          options={apps.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            const next = apps.find((each) => each.id === id);
            if (next !== undefined) onApp(next);
          }}
        />
      )}
      <div className={styles.columns}>
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => change({ name })}
          error={problem('name')}
          hint={
            task.kind === 'edit' && draft.name !== task.token.name
              ? 'Saved requests that name it have to follow.'
              : undefined
          }
          autoFocus
        />
        <SelectField
          label="Provider"
          value={draft.provider}
          options={providerOptions(app, providers)}
          onChange={(id) =>
            change(
              task.kind === 'edit' ? { provider: id } : { provider: id, ...usualScheme(providerNamed(id)) },
            )
          }
        />
      </div>
      {(task.kind === 'add' || task.kind === 'copy') && (
        <RecognisingSecretField
          label={offered?.labels.secret ?? 'Secret'}
          value={draft.secret}
          onChange={(secret) => change({ secret })}
          error={problem('secret')}
          providers={providers}
          preferred={provider?.id ?? null}
          onRecognised={(found) => {
            const before = draft;
            const dayEnd = providerNamed(found.provider ?? draft.provider)?.dayEnd;
            setDraft(withRecognised(draft, found, app.provider, dayEnd));
            return () => setDraft(before);
          }}
        />
      )}
      {task.kind === 'generate' && (
        <SecretShapeField shape={draft.shape} onChange={(shape) => change({ shape })} />
      )}
      {!isKept && <SchemeFields draft={draft} offered={provider} change={change} problem={problem} />}
      <ExpiryField
        value={draft.expires}
        onChange={(expires) => change({ expires })}
        now={now}
        dayEnd={provider?.dayEnd}
        error={problem('expiresAt')}
      />
      <ScopesField
        key={provider?.id}
        provider={provider}
        scopes={draft.scopes}
        onChange={(scopes) => change({ scopes })}
        error={problem('scopes')}
      />
      <div className={styles.columns}>
        <ActsAsField value={draft.actsAs} onChange={(actsAs) => change({ actsAs })} />
        <TextArea label="Notes" value={draft.notes} onChange={(notes) => change({ notes })} />
      </div>
      {task.kind === 'edit' && (
        <CheckNote check={task.token.check}>
          <UseProviderValues
            token={{ ...task.token, ...expiry, scopes: draft.scopes }}
            dayEnd={provider?.dayEnd}
            onUse={change}
          />
        </CheckNote>
      )}
      {!PLACED.some((path) => problem(path) !== undefined) && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}

interface SchemeFieldsProps {
  readonly draft: TokenDraft;
  readonly offered: ProviderSummary | undefined;
  readonly change: (changes: Partial<TokenDraft>) => void;
  readonly problem: (path: string) => string | undefined;
}

/** How it travels, and what that needs. */
function SchemeFields({ draft, offered, change, problem }: SchemeFieldsProps) {
  const schemes = offered?.schemes ?? [];
  const ordered = [...new Set([...schemes.map(({ scheme }) => scheme), ...TOKEN_SCHEMES])].filter(
    (scheme) => !isObtained({ scheme }),
  );
  const { scheme } = draft;
  return (
    <div className={styles.columns}>
      <SelectField
        label="How it is sent"
        value={scheme}
        options={ordered.map((value) => ({ value, label: SCHEME_LABELS[value] }))}
        onChange={(next) =>
          change({ scheme: next, field: schemes.find((each) => each.scheme === next)?.field ?? '' })
        }
      />
      {scheme === 'basic' && (
        <TextField
          label={schemes.find((each) => each.scheme === 'basic')?.labels.tokenId ?? 'ID'}
          value={draft.tokenId}
          onChange={(tokenId) => change({ tokenId })}
          error={problem('tokenId')}
          isValue
        />
      )}
      {(scheme === 'query' || scheme === 'header') && (
        <TextField
          label={scheme === 'query' ? 'Name of the parameter' : 'Name of the header'}
          value={draft.field}
          onChange={(field) => change({ field })}
          error={problem('field')}
          placeholder={scheme === 'query' ? 'api_key' : 'X-Api-Key'}
          isValue
        />
      )}
      {scheme === 'query' && (
        <SelectField
          label="Where the parameter stands"
          value={draft.sentIn}
          options={[
            { value: 'url', label: 'In the URL' },
            { value: 'form', label: 'In a form body' },
          ]}
          onChange={(sentIn) => change({ sentIn })}
        />
      )}
    </div>
  );
}

/** Keeps, makes or changes the token, as the task says. */
function useSave(
  { app, task, onClose, onIssued }: AppTokenEditorProps,
  draft: TokenDraft,
  { expiry, allowExpired }: { readonly expiry: TokenExpiry | undefined; readonly allowExpired: boolean },
) {
  return useMutation({
    mutationFn: async () => {
      const token = { ...tokenFields(draft), ...expiry };
      if (task.kind === 'generate') {
        const made = await confirmed(() =>
          tessera.tokens.generate({ appId: app.id, token, shape: draft.shape, allowExpired }),
        );
        return { ...made };
      }
      if (task.kind === 'edit') {
        const { appId, id } = task.token;
        const changes = isObtained(task.token) ? describing(token) : token;
        return {
          token: await confirmed(() => tessera.tokens.edit({ appId, tokenId: id, changes, allowExpired })),
        };
      }
      return {
        token: await unwrap(
          tessera.tokens.add({ appId: app.id, token: { ...token, secret: draft.secret }, allowExpired }),
        ),
      };
    },
    gcTime: 0,
    onSuccess: (saved: { readonly token: TokenListItem; readonly issued?: IssuedSecret }) => {
      refresh('tokens', 'apps');
      onClose();
      if (saved.issued !== undefined) onIssued(saved.token, saved.issued);
    },
  });
}

/** What people say of a token that Tessera gets by itself: the rest comes with it. */
function describing<
  Fields extends { name: string; notes: string; actsAs: TokenDraft['actsAs']; scopes: string[] },
>({ name, notes, actsAs, scopes }: Fields) {
  return { name, notes, actsAs, scopes };
}

const ACTIONS: Readonly<Record<EditorTask['kind'], string>> = {
  add: 'Add token',
  generate: 'Generate token',
  copy: 'Add the copy',
  edit: 'Save',
};

/** The same where what is typed says that it has expired already: that may be meant, or be the wrong year. */
const EXPIRED_ACTIONS: Readonly<Record<EditorTask['kind'], string>> = {
  add: 'Add expired token',
  generate: 'Generate expired token',
  copy: 'Add expired copy',
  edit: 'Save as expired',
};

function titleOf(task: EditorTask, app: App): string {
  if (!('token' in task)) {
    return task.kind === 'add' ? `Add a token to ${app.name}` : `Generate a token for ${app.name}`;
  }
  return task.kind === 'copy' ? `Copy ${task.token.name}` : `Edit ${task.token.name}`;
}

function startOf(
  task: EditorTask,
  providerNamed: (id: ProviderId | '') => ProviderSummary | undefined,
  tokens: readonly TokenListItem[],
): TokenDraft {
  if (!('token' in task)) {
    const draft = newDraft(providerNamed(''), tokens.length === 0);
    if (task.kind === 'add') return draft;
    // A secret that is made here has no public half that a provider gave, and nobody who would end it.
    return { ...draft, expires: 'never', ...(draft.scheme === 'basic' ? { scheme: 'bearer' } : {}) };
  }
  const draft = draftOf(task.token, providerNamed(task.token.provider ?? '')?.dayEnd);
  if (task.kind === 'edit') return draft;
  const isOver = task.token.state.kind === 'expired';
  return { ...draft, name: `${draft.name} copy`, expires: isOver ? '' : draft.expires };
}

function providerOptions(app: App, providers: readonly ProviderSummary[]) {
  const own = providers.find(({ id }) => id === app.provider);
  return [
    { value: '' as const, label: own === undefined ? 'Any other HTTP API' : `${own.name}, as the app` },
    ...providers.filter((each) => each !== own).map(({ id, name }) => ({ value: id, label: name })),
  ];
}
