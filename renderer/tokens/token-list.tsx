import { useMutation } from '@tanstack/react-query';
import { KeyRound, LogIn, Plus } from 'lucide-react';
import { useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { App } from '../../shared/apps/app.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { refresh, useTokens } from '../api/queries.ts';
import { tessera } from '../api/tessera.ts';
import { timeText } from '../logins/connected-text.ts';
import { useLoginWork } from '../logins/use-login-work.tsx';
import { Section, SectionHint } from '../shell/section.tsx';
import { ActionMenu } from '../ui/action-menu.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { IconButton } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { confirmed } from '../vault/confirmation.tsx';
import { AddTokenDialog } from './add-token-dialog.tsx';
import { CheckDialog } from './check-dialog.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { StateBadge } from './state-badge.tsx';
import styles from './tokens.module.css';
import { useOpenedToken } from './use-opened-token.ts';

/** Past this many a filter helps more than scrolling. */
const FILTER_FROM = 8;

export function TokenList({ app }: { readonly app: App }) {
  const { data: tokens = [], error } = useTokens(app.id);
  useOpenedToken();
  const logins = useLoginWork(app);
  const [isAdding, setAdding] = useState(false);
  const [checking, setChecking] = useState<TokenListItem | null>(null);
  const [removing, setRemoving] = useState<TokenListItem | null>(null);
  const [filter, setFilter] = useState('');
  const copy = useMutation({
    mutationFn: ({ appId, id }: TokenListItem) =>
      confirmed(() => tessera.tokens.copySecret({ appId, tokenId: id })),
    onSuccess: ({ clearsAfter }) =>
      toast(
        clearsAfter === null
          ? 'Copied. It stays on the clipboard until the vault is locked.'
          : `Copied. It is taken off the clipboard in ${clearsAfter} seconds.`,
      ),
  });
  const reveal = useMutation({
    mutationFn: ({ appId, id }: TokenListItem) =>
      confirmed(() => tessera.tokens.reveal({ appId, tokenId: id })),
    gcTime: 0,
  });
  const wanted = filter.toLowerCase();
  const shown = tokens.filter(({ name, scheme, scopes }) =>
    [name, scheme, ...scopes].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Section
      title="Tokens"
      action={
        <span>
          <IconButton aria-label="Sign in for a token" onPress={logins.add}>
            <LogIn size={16} aria-hidden />
          </IconButton>
          <IconButton aria-label="Add a token" onPress={() => setAdding(true)}>
            <Plus size={16} aria-hidden />
          </IconButton>
        </span>
      }
    >
      {tokens.length >= FILTER_FROM && (
        <input
          className={styles.filter}
          aria-label="Filter tokens"
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <ErrorBanner error={error ?? copy.error ?? reveal.error ?? logins.error} />
      {tokens.length === 0 && <SectionHint>No token yet. Add one to send requests as this app.</SectionHint>}
      <GridList aria-label="Tokens" items={shown} className={styles.list ?? ''}>
        {(token) => (
          <GridListItem id={token.id} textValue={token.name} className={styles.token ?? ''}>
            <KeyRound size={14} aria-hidden className={styles.icon} />
            <div className={styles.about}>
              <span className={styles.name} title={token.name}>
                {token.name}
              </span>
              <span className={styles.details}>{details(token)}</span>
            </div>
            <StateBadge state={token.state} />
            <ActionMenu
              label={`Actions for ${token.name}`}
              actions={[
                ...logins.actionsFor(token),
                { label: 'Copy the secret', act: () => copy.mutate(token) },
                { label: 'Show the secret', act: () => reveal.mutate(token) },
                { label: 'Check', act: () => setChecking(token) },
                { label: 'Remove…', isDangerous: true, act: () => setRemoving(token) },
              ]}
            />
          </GridListItem>
        )}
      </GridList>
      {logins.dialogs}
      {isAdding && <AddTokenDialog app={app} onClose={() => setAdding(false)} />}
      {reveal.data !== undefined && reveal.variables !== undefined && (
        <RevealDialog {...reveal.data} token={reveal.variables} onClose={reveal.reset} />
      )}
      {checking !== null && (
        <CheckDialog app={app} tokenIds={[checking.id]} total={1} onClose={() => setChecking(null)} />
      )}
      {removing !== null && <RemoveToken token={removing} onClose={() => setRemoving(null)} />}
    </Section>
  );
}

function details({ scheme, field, tokenId, scopes, connectedAt, expiresAt }: TokenListItem): string {
  const until = connectedAt === null || expiresAt === null ? null : `until ${timeText(expiresAt)}`;
  const place = field ?? tokenId ?? until;
  const count = scopes.length === 0 ? null : scopes.length === 1 ? scopes[0] : `${scopes.length} scopes`;
  return [scheme, place, count].filter((part) => part !== null).join(' · ');
}

function RemoveToken({ token, onClose }: { readonly token: TokenListItem; readonly onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () =>
      confirmed(() => tessera.tokens.remove({ keys: [{ appId: token.appId, tokenId: token.id }] })),
    onSuccess: () => {
      refresh('tokens');
      onClose();
    },
  });
  return (
    <FormDialog
      title={`Remove ${token.name}?`}
      action="Remove token"
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onSubmit={() => remove.mutate()}
    >
      <p>It is deleted from the vault. At the provider it stays valid until you revoke it there.</p>
      <ErrorBanner error={remove.error} />
    </FormDialog>
  );
}
