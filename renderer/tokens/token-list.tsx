import { KeyRound, LogIn, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { App } from '../../shared/apps/app.ts';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';
import { useTokens } from '../api/queries.ts';
import { timeText } from '../logins/connected-text.ts';
import { loginActions } from '../logins/login-actions.ts';
import { Section, SectionHint } from '../shell/section.tsx';
import { useSelection } from '../shell/selection-store.ts';
import { TOKENS_TAB, useTabs } from '../tabs/tabs-store.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import { ErrorBanner } from '../ui/banner.tsx';
import { IconButton } from '../ui/button.tsx';
import { Loading, QueryError } from '../ui/query-state.tsx';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import { StateBadge } from './state-badge.tsx';
import type { TokenWork } from './token-actions.ts';
import styles from './tokens.module.css';
import { useOpenedToken } from './use-opened-token.ts';
import { useTokenWork } from './use-token-work.tsx';

/** Past this many a filter helps more than scrolling. */
const FILTER_FROM = 8;

/** Past this many the table is the place to look. */
const SHOWN = 40;

/** The short list in the sidebar; the table of the Tokens tab has everything. */
export function TokenList({ app }: { readonly app: App }) {
  const asking = useTokens(app.id);
  const { data: tokens = [] } = asking;
  const { work, dialogs, error: failed } = useTokenWork(app);
  useOpenedToken();
  const part = useRef<HTMLElement>(null);
  useFocusKept(part, tokens.length, tokens.length > 0 ? '[role="grid"]' : 'header button');
  const [filter, setFilter] = useState('');
  const asked = useSelection((selection) => selection.tokenId);
  const [opened, setOpened] = useState(asked);
  if (asked !== null && asked !== opened) {
    setOpened(asked);
    setFilter('');
  }
  const activate = useTabs((tabs) => tabs.activate);
  const wanted = filter.toLowerCase();
  const found = tokens.filter(({ name, scheme, scopes }) =>
    [name, scheme, ...scopes].some((text) => text.toLowerCase().includes(wanted)),
  );
  const first = found.slice(0, SHOWN);
  // What was asked for is there, also where it is one of hundreds.
  const beyond = found.slice(SHOWN).filter(({ id }) => id === opened);
  return (
    <Section
      ref={part}
      title="Tokens"
      action={
        <span>
          <IconButton aria-label="Sign in for a token" onPress={work.logins.add}>
            <LogIn size={16} aria-hidden />
          </IconButton>
          <IconButton aria-label="Add a token" onPress={work.add}>
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
      <QueryError query={asking} />
      <ErrorBanner error={failed} />
      {asking.isPending && <Loading />}
      {asking.isSuccess && tokens.length === 0 && (
        <SectionHint>No token yet. Add one to send requests as this app.</SectionHint>
      )}
      {tokens.length > 0 && found.length === 0 && <SectionHint>No token fits the filter.</SectionHint>}
      <GridList
        aria-label="Tokens"
        items={[...beyond, ...first]}
        className={styles.list ?? ''}
        onAction={() => activate(app.id, TOKENS_TAB)}
      >
        {(token) => (
          <GridListItem id={token.id} textValue={token.name} className={styles.token ?? ''}>
            <KeyRound size={14} aria-hidden className={styles.icon} />
            <div className={styles.about}>
              <span className={styles.name} title={token.name}>
                {token.name}
              </span>
              <span className={styles.details}>
                <StateBadge state={token.state} isSparing /> {details(token)}
              </span>
            </div>
            <ActionMenu label={`Actions for ${token.name}`} actions={actionsFor(token, work)} />
          </GridListItem>
        )}
      </GridList>
      {found.length > SHOWN && (
        <button type="button" className={styles.more} onClick={() => activate(app.id, TOKENS_TAB)}>
          All {tokens.length.toLocaleString()} tokens
        </button>
      )}
      {dialogs}
    </Section>
  );
}

function actionsFor(token: TokenListItem, work: TokenWork) {
  const isHandMade = !isObtained(token) && token.retiresAt === null;
  return [
    ...loginActions(token, work.logins),
    { label: 'Copy the secret', act: () => work.copySecret(token) },
    { label: 'Show the secret', act: () => work.reveal(token) },
    { label: 'Check', act: () => work.check([token]) },
    { label: 'Edit…', act: () => work.edit(token) },
    ...(isObtained(token) ? [] : [{ label: 'Copy as a new token…', act: () => work.duplicate(token) }]),
    ...(isHandMade ? [{ label: 'Rotate…', act: () => work.rotate(token) }] : []),
    { label: 'Remove…', isDangerous: true, act: () => work.remove([token]) },
  ];
}

function details({ scheme, field, tokenId, scopes, connectedAt, expiresAt }: TokenListItem): string {
  const until = connectedAt === null || expiresAt === null ? null : `until ${timeText(expiresAt)}`;
  const place = field ?? tokenId ?? until;
  const count = scopes.length === 0 ? null : scopes.length === 1 ? scopes[0] : `${scopes.length} scopes`;
  return [scheme, place, count].filter((part) => part !== null).join(' · ');
}
