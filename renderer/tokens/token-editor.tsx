import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderId, ProviderSummary } from '../../shared/providers/provider.ts';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import type { IssuedSecret } from '../../shared/tokens/token-value.ts';
import { useApps, useProviders, useTokens } from '../api/queries.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import { ActsAsField } from './acts-as-field.tsx';
import { CheckNote } from './check-note.tsx';
import { ACTIONS, type EditorTask, EXPIRED_ACTIONS, startOf, titleOf } from './editor-task.ts';
import { ExpiryField } from './expiry-field.tsx';
import { readExpiryText } from './expiry-text.ts';
import { fieldProblem } from './field-problem.ts';
import { FollowRenameField } from './follow-rename-field.tsx';
import { LeftRequestsDialog } from './left-requests-dialog.tsx';
import { SchemeFields } from './scheme-fields.tsx';
import { ScopesField } from './scopes-field.tsx';
import { RecognisingSecretField } from './secret-field.tsx';
import { SecretShapeField } from './secret-shape-field.tsx';
import { type TokenDraft, usualScheme, withRecognised } from './token-draft.ts';
import styles from './tokens.module.css';
import { type LeftRequests, useFollowRename } from './use-follow-rename.ts';
import { useHeldSave } from './use-held-save.ts';
import { UseProviderValues } from './use-provider-values.tsx';
import { type SavedToken, useSaveToken } from './use-save-token.ts';

/** Paths of errors that are shown beside their field. */
const PLACED = ['name', 'field', 'tokenId', 'secret', 'scopes', 'expiresAt'];

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
  const { app, apps, task, providers, onApp, onClose, onIssued } = props;
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
  const [left, setLeft] = useState<LeftRequests | null>(null);
  const rename = useFollowRename(task.kind === 'edit' ? task.token : null, draft.name);
  const onSaved = (saved: SavedToken) => {
    if (saved.left) setLeft(saved.left);
    else onClose();
    if (saved.issued !== undefined) onIssued(saved.token, saved.issued);
  };
  const save = useSaveToken({ app, task, rename, onSaved }, draft, { expiry, allowExpired });
  const held = useHeldSave(rename, save.mutate);
  const problem = (path: string) => fieldProblem(save.error, path);
  const offered = provider?.schemes.find((each) => each.scheme === draft.scheme);
  /** Its end and its provider come with what is got: only what people say of it can be changed. */
  const isKept = task.kind === 'edit' && isObtained(task.token);
  if (left !== null) return <LeftRequestsDialog name={draft.name} left={left} onClose={onClose} />;
  return (
    <FormDialog
      title={titleOf(task, app)}
      action={(allowExpired ? EXPIRED_ACTIONS : ACTIONS)[task.kind]}
      isWide
      isReady={expiry !== undefined}
      isBusy={save.isPending || held.isHeld}
      onClose={onClose}
      onSubmit={held.save}
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
          autoFocus
        />
        {!isKept && (
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
        )}
      </div>
      <FollowRenameField rename={rename} />
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
      {!isKept && (
        <>
          <SchemeFields draft={draft} offered={provider} change={change} problem={problem} />
          <ExpiryField
            value={draft.expires}
            onChange={(expires) => change({ expires })}
            now={now}
            dayEnd={provider?.dayEnd}
            error={problem('expiresAt')}
          />
        </>
      )}
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

function providerOptions(app: App, providers: readonly ProviderSummary[]) {
  const own = providers.find(({ id }) => id === app.provider);
  return [
    { value: '' as const, label: own === undefined ? 'Any other HTTP API' : `${own.name}, as the app` },
    ...providers.filter((each) => each !== own).map(({ id, name }) => ({ value: id, label: name })),
  ];
}
