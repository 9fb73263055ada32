import type { App } from '../../shared/apps/app.ts';
import type { ProviderId, ProviderSummary } from '../../shared/providers/provider.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { draftOf, newDraft, type TokenDraft } from './token-draft.ts';

/** What the editor is opened for. A copy starts from a token that is there; its secret is its own. */
export type EditorTask =
  | { readonly kind: 'add' | 'generate' }
  | { readonly kind: 'edit' | 'copy'; readonly token: TokenListItem };

export const ACTIONS: Readonly<Record<EditorTask['kind'], string>> = {
  add: 'Add token',
  generate: 'Generate token',
  copy: 'Add the copy',
  edit: 'Save',
};

/** The same where what is typed says that it has expired already: that may be meant, or be the wrong year. */
export const EXPIRED_ACTIONS: Readonly<Record<EditorTask['kind'], string>> = {
  add: 'Add expired token',
  generate: 'Generate expired token',
  copy: 'Add expired copy',
  edit: 'Save as expired',
};

export function titleOf(task: EditorTask, app: App): string {
  if (!('token' in task)) {
    return task.kind === 'add' ? `Add a token to ${app.name}` : `Generate a token for ${app.name}`;
  }
  return task.kind === 'copy' ? `Copy ${task.token.name}` : `Edit ${task.token.name}`;
}

/** What stands in the fields at first. */
export function startOf(
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
