import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { type Selection, Toolbar } from 'react-aria-components';
import type { App } from '../../shared/apps/app.ts';
import { useApps, useProviders, useTokens } from '../api/queries.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FilterSelect, SearchField } from '../ui/list-filters.tsx';
import { Loading, QueryError } from '../ui/query-state.tsx';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import { TOKEN_ACTIONS, type TokenWork } from './token-actions.ts';
import {
  filterRows,
  orderRows,
  prepareSearch,
  ROW_FILTER_LABELS,
  ROW_FILTERS,
  type RowFilter,
  type RowOrder,
  type TokenRow,
  tokenRows,
} from './token-rows.ts';
import { TokenTable } from './token-table.tsx';
import styles from './tokens-view.module.css';
import { useTokenWork } from './use-token-work.tsx';

const NONE: readonly never[] = [];

/** The tokens of an app, or of all with `null`: to search, to order, and to work with several at once. */
export function TokensView({ app }: { readonly app: App | null }) {
  const { work, dialogs, error } = useTokenWork(app);
  return (
    <>
      <FoundTokens app={app} work={work} failed={error} />
      {dialogs}
    </>
  );
}

interface FoundTokensProps {
  readonly app: App | null;
  readonly work: TokenWork;
  readonly failed: unknown;
}

function FoundTokens({ app, work, failed }: FoundTokensProps) {
  const asking = useTokens(app?.id ?? null);
  const { data: tokens = NONE, dataUpdatedAt } = asking;
  const { data: apps = NONE } = useApps();
  const { data: providers = NONE } = useProviders();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<RowFilter>('all');
  const [order, setOrder] = useState<RowOrder>({ column: 'name', isDescending: false });
  const [selected, setSelected] = useState<Selection>(new Set<string>());
  const label = app === null ? 'All tokens' : `Tokens of ${app.name}`;
  const now = useMemo(() => new Date(dataUpdatedAt), [dataUpdatedAt]);
  const rows = useMemo(() => tokenRows(tokens, apps, providers), [tokens, apps, providers]);
  const ordered = useMemo(() => orderRows(rows, order), [rows, order]);
  useEffect(() => {
    const whenIdle = requestIdleCallback(() => prepareSearch(rows));
    return () => cancelIdleCallback(whenIdle);
  }, [rows]);
  // What is typed is painted first; the rows that it finds follow.
  const sought = useDeferredValue(search);
  const shown = useMemo(() => filterRows(ordered, sought, filter), [ordered, sought, filter]);
  const chosen = useMemo(() => chosenOf(shown, selected), [shown, selected]);
  const open = useCallback(({ token }: TokenRow) => work.edit(token), [work]);
  const part = useRef<HTMLElement>(null);
  useFocusKept(part, rows.length, '[role="grid"]');
  return (
    <section ref={part} className={styles.view} aria-label={label}>
      {app === null && <h1 className={styles.title}>{label}</h1>}
      <Tools work={work} chosen={chosen} />
      <div className={styles.filters}>
        <SearchField
          label="Search tokens"
          placeholder="Search name, scope, note…"
          value={search}
          onChange={setSearch}
        />
        <FilterSelect
          label="Which states"
          value={filter}
          options={ROW_FILTERS.map((each) => ({ value: each, label: ROW_FILTER_LABELS[each] }))}
          onChange={setFilter}
        />
        <p className={styles.count} role="status">
          {asking.data !== undefined && countOf(shown.length, rows.length, chosen.length)}
        </p>
      </div>
      <QueryError query={asking} />
      <ErrorBanner error={failed} />
      <div className={styles.rows} onKeyDownCapture={(event) => onTableKey(event, chosen, work)}>
        <TokenTable
          label={label}
          rows={shown}
          now={now}
          order={order}
          onOrder={setOrder}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
          isOfAllApps={app === null}
          whenEmpty={
            asking.data === undefined ? asking.isPending && LOADING : emptyText(rows.length, sought, filter)
          }
        />
      </div>
    </section>
  );
}

/** The same at each time: the table is made again when this changes. */
const LOADING = <Loading />;

function emptyText(tokens: number, sought: string, filter: RowFilter): string {
  if (tokens === 0)
    return 'No token yet. Add one that a provider has made, sign in for one, or generate one.';
  if (filter === 'all') return 'No token fits the search.';
  const among = `“${ROW_FILTER_LABELS[filter]}”`;
  return sought.trim() === '' ? `No token is among ${among}.` : `No token among ${among} fits the search.`;
}

interface ToolsProps {
  readonly work: TokenWork;
  readonly chosen: readonly TokenRow[];
}

const Tools = memo(function Tools({ work, chosen: rows }: ToolsProps) {
  const chosen = rows.map(({ token }) => token);
  return (
    <Toolbar aria-label="What to do with tokens" className={styles.tools ?? ''}>
      {TOKEN_ACTIONS.filter(({ isShown }) => isShown?.(chosen) !== false).map(
        ({ label, insteadOf, icon: Icon, isDangerous, isPrimary, takes, act }) => (
          <Button
            key={insteadOf ?? label}
            kind={isPrimary === true ? 'primary' : isDangerous === true ? 'danger' : 'plain'}
            isDisabled={takes?.(chosen) === false}
            onPress={() => act(work, chosen)}
          >
            <Icon size={14} aria-hidden /> {label}
          </Button>
        ),
      )}
    </Toolbar>
  );
});

/** Delete removes what is chosen; Ctrl+C copies the secret of the one that is. */
function onTableKey(event: React.KeyboardEvent, chosen: readonly TokenRow[], work: TokenWork): void {
  const tokens = chosen.map(({ token }) => token);
  const [first] = tokens;
  if (first === undefined) return;
  if (event.key === 'Delete') {
    event.preventDefault();
    work.remove(tokens);
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'c' && tokens.length === 1) {
    event.preventDefault();
    work.copySecret(first);
  }
}

function chosenOf(rows: readonly TokenRow[], selected: Selection): readonly TokenRow[] {
  if (selected === 'all') return rows;
  return selected.size === 0 ? NONE : rows.filter(({ id }) => selected.has(id));
}

function countOf(shown: number, all: number, chosen: number): string {
  const of = shown === all ? '' : `${shown.toLocaleString()} of `;
  const counted = `${of}${all.toLocaleString()} ${all === 1 ? 'token' : 'tokens'}`;
  return chosen === 0 ? counted : `${counted} · ${chosen.toLocaleString()} selected`;
}
