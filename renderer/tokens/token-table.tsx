import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import {
  Button as AriaButton,
  Cell,
  Collection,
  Column,
  ColumnResizer,
  ResizableTableContainer,
  Row,
  type Selection,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Tooltip,
  TooltipTrigger,
  Virtualizer,
} from 'react-aria-components';
import { StateBadge } from './state-badge.tsx';
import { dayText, fromNow } from './token-dates.ts';
import { type RowOrder, TOKEN_COLUMNS, type TokenColumn, type TokenRow } from './token-rows.ts';
import styles from './token-table.module.css';

const ROW_HEIGHT = 32;
const HEADING_HEIGHT = 30;

interface ColumnLook {
  readonly label: string;
  /** A share of the width, or pixels. */
  readonly width: `${number}fr` | number;
  readonly least: number;
  readonly cell: (row: TokenRow, now: Date) => ReactNode;
}

const LOOKS: Readonly<Record<TokenColumn, ColumnLook>> = {
  name: { label: 'Name', width: '3fr', least: 110, cell: ({ name }) => <Cut isStrong>{name}</Cut> },
  app: { label: 'App', width: '2fr', least: 90, cell: ({ app }) => <Cut>{app}</Cut> },
  scheme: { label: 'Scheme', width: 74, least: 60, cell: ({ token }) => token.scheme },
  provider: {
    label: 'Provider',
    width: '2fr',
    least: 78,
    cell: ({ provider }) => <Cut>{provider || '–'}</Cut>,
  },
  scopes: { label: 'Scopes', width: 68, least: 60, cell: (row) => <Scopes row={row} /> },
  actsAs: { label: 'Acts as', width: 72, least: 60, cell: ({ token }) => token.actsAs },
  createdAt: { label: 'Created', width: 106, least: 80, cell: ({ token }) => <Day at={token.createdAt} /> },
  lastUsedAt: {
    label: 'Last used',
    width: 96,
    least: 80,
    cell: ({ token }, now) =>
      token.lastUsedAt === null ? (
        'never'
      ) : (
        <Day at={token.lastUsedAt} words={fromNow(token.lastUsedAt, now)} />
      ),
  },
  expiresAt: {
    label: 'Expires',
    width: 184,
    least: 100,
    cell: ({ token }, now) =>
      token.expiresAt === null ? (
        'never'
      ) : (
        <Day at={token.expiresAt} words={`${dayText(token.expiresAt)}, ${fromNow(token.expiresAt, now)}`} />
      ),
  },
  state: { label: 'State', width: 148, least: 100, cell: ({ token }) => <StateBadge state={token.state} /> },
};

interface TokenTableProps {
  readonly label: string;
  readonly rows: readonly TokenRow[];
  /** When the rows were made. */
  readonly now: Date;
  /** Rows that the table is told of: it looks at each, so that there are more only when its end is near. */
  readonly limit: number;
  readonly onMore: () => void;
  readonly order: RowOrder;
  readonly onOrder: (order: RowOrder) => void;
  readonly selected: Selection;
  readonly onSelect: (selected: Selection) => void;
  /** Enter, or a double click. */
  readonly onOpen: (row: TokenRow) => void;
  /** Of all apps: with a column that says whose each is. */
  readonly isOfAllApps: boolean;
  readonly whenEmpty: ReactNode;
}

/** All there is to see of tokens; several are chosen with Shift and Ctrl, or by keyboard. */
export function TokenTable(props: TokenTableProps) {
  const {
    label,
    rows,
    now,
    limit,
    onMore,
    order,
    onOrder,
    selected,
    onSelect,
    onOpen,
    isOfAllApps,
    whenEmpty,
  } = props;
  const columns = TOKEN_COLUMNS.filter((column) => isOfAllApps || column !== 'app');
  const items = useMemo(() => rows.slice(0, limit), [rows, limit]);
  return (
    <ResizableTableContainer className={styles.container ?? ''}>
      <Virtualizer
        layout={TableLayout}
        layoutOptions={{ rowHeight: ROW_HEIGHT, headingHeight: HEADING_HEIGHT }}
      >
        <Table
          aria-label={label}
          className={styles.table ?? ''}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={selected}
          onSelectionChange={onSelect}
          sortDescriptor={{
            column: order.column,
            direction: order.isDescending ? 'descending' : 'ascending',
          }}
          onSortChange={({ column, direction }) =>
            onOrder({ column: column as TokenColumn, isDescending: direction === 'descending' })
          }
          onRowAction={(key) => {
            const row = rows.find(({ id }) => id === key);
            if (row !== undefined) onOpen(row);
          }}
        >
          <TableHeader className={styles.header ?? ''}>
            {columns.map((column) => (
              <Column
                key={column}
                id={column}
                allowsSorting
                isRowHeader={column === 'name'}
                defaultWidth={LOOKS[column].width}
                minWidth={LOOKS[column].least}
                className={styles.column ?? ''}
              >
                {({ sortDirection }) => (
                  <div className={styles.heading}>
                    <span className={styles.label}>{LOOKS[column].label}</span>
                    {sortDirection === 'ascending' && <ArrowUp size={12} aria-hidden />}
                    {sortDirection === 'descending' && <ArrowDown size={12} aria-hidden />}
                    {/* Without rows, Tab would lead to a resizer and never out of it. */}
                    {rows.length > 0 && <ColumnResizer className={styles.resizer ?? ''} />}
                  </div>
                )}
              </Column>
            ))}
          </TableHeader>
          <TableBody renderEmptyState={() => <div className={styles.empty}>{whenEmpty}</div>}>
            <Collection items={items} dependencies={[columns.length]}>
              {(row) => (
                <Row
                  id={row.id}
                  textValue={row.name}
                  className={styles.row ?? ''}
                  data-retired={row.token.state.kind === 'retired'}
                >
                  {columns.map((column) => (
                    <Cell key={column} className={styles.cell ?? ''}>
                      {LOOKS[column].cell(row, now)}
                    </Cell>
                  ))}
                </Row>
              )}
            </Collection>
            {limit < rows.length && <TableLoadMoreItem onLoadMore={onMore} scrollOffset={2} />}
          </TableBody>
        </Table>
      </Virtualizer>
    </ResizableTableContainer>
  );
}

function Cut({ isStrong = false, children }: { readonly isStrong?: boolean; readonly children: string }) {
  return (
    <span className={styles.cut} data-strong={isStrong} title={children}>
      {children}
    </span>
  );
}

function Day({ at, words }: { readonly at: string; readonly words?: string }) {
  return (
    <time className={styles.cut} dateTime={at} title={new Date(at).toLocaleString()}>
      {words ?? dayText(at)}
    </time>
  );
}

/** How many; which, to whoever points at it or moves the focus to it. */
function Scopes({ row: { token } }: { readonly row: TokenRow }) {
  const { scopes } = token;
  if (scopes.length === 0) return '–';
  return (
    <TooltipTrigger delay={300}>
      <AriaButton
        className={styles.scopes ?? ''}
        aria-label={`${scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}: ${scopes.join(', ')}`}
      >
        {scopes.length}
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''}>{scopes.join('\n')}</Tooltip>
    </TooltipTrigger>
  );
}
