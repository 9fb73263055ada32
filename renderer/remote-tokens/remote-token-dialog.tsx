import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { RemoteIssue } from '../../shared/tokens/remote-token.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { tessera } from '../api/tessera.ts';
import { ActsAsField } from '../tokens/acts-as-field.tsx';
import { CheckNote } from '../tokens/check-note.tsx';
import { ExpiryField } from '../tokens/expiry-field.tsx';
import { expiryText, readExpiryText } from '../tokens/expiry-text.ts';
import { fieldProblem } from '../tokens/field-problem.ts';
import { FollowRenameField } from '../tokens/follow-rename-field.tsx';
import { LeftRequestsDialog } from '../tokens/left-requests-dialog.tsx';
import { ScopesField } from '../tokens/scopes-field.tsx';
import type { TokenDraft } from '../tokens/token-draft.ts';
import tokens from '../tokens/tokens.module.css';
import { type LeftRequests, useFollowRename } from '../tokens/use-follow-rename.ts';
import { useHeldSave } from '../tokens/use-held-save.ts';
import { TextArea, TextField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import { confirmed } from '../vault/confirmation.tsx';
import { AuthorityFields, BY_DEFAULT } from './authority-fields.tsx';
import { RemoteForm } from './remote-form.tsx';
import { useRemoteCall } from './use-remote-call.ts';
import { useRemoteScopes } from './use-remote-scopes.ts';

/** Paths of errors that are shown beside their field. */
const PLACED = ['name', 'scopes', 'expiresAt', 'by'];

/** A copy is made from the parameters of a token that is there. */
export type RemoteTask =
  | { readonly kind: 'create' }
  | { readonly kind: 'copy' | 'edit'; readonly token: TokenListItem };

interface RemoteTokenDialogProps {
  readonly app: App;
  readonly provider: ProviderSummary;
  readonly task: RemoteTask;
  readonly onClose: () => void;
  readonly onDone: (done: RemoteIssue) => void;
  /** The same in the vault alone. */
  readonly onLocal: () => void;
}

/** A token that the provider makes, or changes. */
export function RemoteTokenDialog(props: RemoteTokenDialogProps) {
  const { app, provider, task, onClose, onDone, onLocal } = props;
  const [now] = useState(() => new Date());
  const [draft, setDraft] = useState(() => startOf(task, provider));
  const [authority, setAuthority] = useState(BY_DEFAULT);
  const offered = useRemoteScopes(app.id, provider, authority.by);
  const change = (changes: Partial<WishDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const expiry = readExpiryText(draft.expires, now, provider.dayEnd);
  const rename = useFollowRename(task.kind === 'edit' ? task.token : null, draft.name);
  const [left, setLeft] = useState<Left | null>(null);
  const call = useRemoteCall<RemoteIssue>(
    async (asking) => {
      const { name, scopes, actsAs, notes } = draft;
      const wish = { name, scopes: [...scopes], actsAs, notes, expiresAt: expiry?.expiresAt ?? null };
      await rename.check();
      return confirmed(() =>
        task.kind === 'edit'
          ? tessera.remoteTokens.edit({ ...asking, tokenId: task.token.id, wish })
          : tessera.remoteTokens.create({ ...asking, wish }),
      );
    },
    {
      appId: app.id,
      onDone: (done) => {
        void rename
          .follow(done.token)
          .then((requests) => (requests === null ? onDone(done) : setLeft({ done, requests })));
      },
    },
  );
  const held = useHeldSave(rename, () => call.ask(authority));
  const problem = (path: string) => fieldProblem(call.error, path);
  if (left !== null) {
    const { name } = left.done.token;
    return <LeftRequestsDialog name={name} left={left.requests} onClose={() => onDone(left.done)} />;
  }
  return (
    <RemoteForm
      title={titleOf(task, provider)}
      action={ACTIONS[task.kind]}
      name={provider.name}
      about={
        task.kind === 'edit'
          ? `Changed at ${provider.name} and here.`
          : `${provider.name} makes it, the vault keeps it.`
      }
      call={call}
      isReady={expiry !== undefined && draft.name.trim() !== ''}
      isHeld={held.isHeld}
      isWide
      isPlaced={PLACED.some((path) => problem(path) !== undefined)}
      onClose={onClose}
      onSubmit={held.save}
      local={{ label: 'In the vault only…', act: onLocal }}
    >
      <div className={tokens.columns}>
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => change({ name })}
          error={problem('name')}
          hint="Its name at the provider, too."
          autoFocus
        />
        <ActsAsField value={draft.actsAs} onChange={(actsAs) => change({ actsAs })} />
      </div>
      <FollowRenameField rename={rename} />
      <AuthorityFields
        app={app}
        provider={provider}
        authority={authority}
        onChange={setAuthority}
        isChange
        error={call.error}
      />
      <ExpiryField
        value={draft.expires}
        onChange={(expires) => change({ expires })}
        now={now}
        dayEnd={provider.dayEnd}
        whenEmpty="never"
        error={problem('expiresAt')}
      />
      <ScopesField
        provider={offered.provider}
        scopes={draft.scopes}
        onChange={(scopes) => change({ scopes })}
        error={problem('scopes')}
      />
      {offered.error !== null && (
        <p className={ui.hint}>
          These scopes are the documented ones: {provider.name} could not be asked for its list.{' '}
          {offered.error.message}
        </p>
      )}
      <TextArea label="Notes" value={draft.notes} onChange={(notes) => change({ notes })} />
      {task.kind === 'edit' && <CheckNote check={task.token.check} />}
    </RemoteForm>
  );
}

interface Left {
  readonly done: RemoteIssue;
  readonly requests: LeftRequests;
}

type WishDraft = Pick<TokenDraft, 'name' | 'scopes' | 'expires' | 'actsAs' | 'notes'>;

function startOf(task: RemoteTask, { dayEnd }: ProviderSummary): WishDraft {
  if (task.kind === 'create') return { name: '', scopes: [], expires: '', actsAs: 'person', notes: '' };
  const { name, scopes, actsAs, notes } = task.token;
  return {
    name: task.kind === 'copy' ? `${name} copy` : name,
    scopes,
    expires: expiryText(task.token, dayEnd),
    actsAs,
    notes,
  };
}

const ACTIONS: Readonly<Record<RemoteTask['kind'], string>> = {
  create: 'Generate token',
  copy: 'Generate the copy',
  edit: 'Save',
};

function titleOf(task: RemoteTask, { name }: ProviderSummary): string {
  if (task.kind === 'create') return `Generate a token at ${name}`;
  return `${task.kind === 'copy' ? 'Copy' : 'Edit'} ${task.token.name} at ${name}`;
}
