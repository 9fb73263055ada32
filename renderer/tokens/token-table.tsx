import {
  memo,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTable, useTableCell, useTableRow, useTableRowGroup } from 'react-aria';
import type { Selection } from 'react-aria-components';
import { type Key, type TableState, useTableColumnResizeState, useTableState } from 'react-stately';
import { columnNodes, type GridNode, RowCollection } from './row-collection.ts';
import { HEADING_HEIGHT, ROW_HEIGHT, rowsInSight } from './rows-in-sight.ts';
import { Headings } from './table-headings.tsx';
import { TOKEN_CELLS } from './token-cells.tsx';
import { type RowOrder, TOKEN_COLUMNS, type TokenColumn, type TokenRow } from './token-rows.ts';
import styles from './token-table.module.css';

interface TokenTableProps {
  readonly label: string;
  readonly rows: readonly TokenRow[];
  /** When the rows were made. */
  readonly now: Date;
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

type RowsState = TableState<TokenRow>;

/**
 * All there is to see of tokens; several are chosen with Shift and Ctrl, or by keyboard. Of any number of
 * rows only those in sight are in the page, and the one that has the focus.
 */
export const TokenTable = memo(function TokenTable(props: TokenTableProps) {
  const { label, rows, now, order, onOrder, selected, onSelect, onOpen, isOfAllApps, whenEmpty } = props;
  const columns = useMemo(() => columnsOf(isOfAllApps), [isOfAllApps]);
  const collection = useMemo(() => new RowCollection(rows, columns), [rows, columns]);
  const state = useTableState<TokenRow>({
    collection,
    selectionMode: 'multiple',
    selectionBehavior: 'replace',
    selectedKeys: selected,
    onSelectionChange: onSelect,
    sortDescriptor: { column: order.column, direction: order.isDescending ? 'descending' : 'ascending' },
    onSortChange: ({ column, direction }) =>
      onOrder({ column: column as TokenColumn, isDescending: direction === 'descending' }),
  });
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const [top, setTop] = useState(0);
  const widths = useTableColumnResizeState<TokenRow>({ tableWidth: width }, state);
  const { gridProps } = useTable(
    {
      'aria-label': label,
      isVirtualized: true,
      scrollRef: scroller,
      layoutDelegate: useMemo(() => layoutOf(collection, scroller), [collection]),
      onRowAction: (key) => {
        const row = collection.getItem(key)?.value;
        if (row !== null && row !== undefined) onOpen(row);
      },
    },
    state,
    table,
  );
  const focused = state.selectionManager.focusedKey;
  const focusedPlace = focused === null ? null : collection.placeOf(focused);
  const isInCell = focused !== null && collection.getItem(focused)?.type === 'cell';
  const rowOfCells = useRowOfCells(focusedPlace, isInCell);
  useFocusInSight(scroller, focusedPlace, state.selectionManager.isFocused);
  const sight = rowsInSight({ rows: collection.size, top, height, focused: focusedPlace });
  const shares = columns.map(({ key }) => widths.getColumnWidth(key));
  useLayoutEffect(() => {
    const style = table.current?.style;
    style?.setProperty('--columns', shares.map((share) => `${share}px`).join(' '));
    style?.setProperty('--width', `${shares.reduce((sum, share) => sum + share, 0)}px`);
    style?.setProperty('--rows', String(collection.size));
    style?.setProperty('--first', String(sight.first));
    style?.setProperty('--away', String(focusedPlace ?? 0));
  });
  return (
    <div
      ref={scroller}
      className={styles.container}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <div {...gridProps} ref={table} className={styles.table}>
        <Headings state={state} widths={widths} />
        <Rows state={state} isEmpty={collection.size === 0} whenEmpty={whenEmpty}>
          {sight.places.map((place) => {
            const node = collection.at(place);
            if (node === null) return null;
            const isAway = place < sight.first || place >= sight.end;
            const isOfCells = place === rowOfCells;
            return (
              <Line
                key={node.key}
                node={node}
                state={state}
                now={now}
                isAway={isAway}
                isOfCells={isOfCells}
              />
            );
          })}
        </Rows>
      </div>
    </div>
  );
});

function columnsOf(isOfAllApps: boolean): readonly GridNode<TokenRow>[] {
  return columnNodes(
    TOKEN_COLUMNS.filter((column) => isOfAllApps || column !== 'app').map((id) => {
      const { label, width, least } = TOKEN_CELLS[id];
      return { id, label, width, least, isRowHeader: id === 'name' };
    }),
  );
}

/** What a page of rows is, for the keyboard. */
function layoutOf(collection: RowCollection<TokenRow>, scroller: RefObject<HTMLElement | null>) {
  const rect = (y: number, height: number) => ({ x: 0, y, width: 0, height });
  return {
    getItemRect: (key: Key) => {
      const place = collection.placeOf(key);
      return place === null ? null : rect(place * ROW_HEIGHT, ROW_HEIGHT);
    },
    getVisibleRect: () =>
      rect(scroller.current?.scrollTop ?? 0, (scroller.current?.clientHeight ?? 0) - HEADING_HEIGHT),
    getContentSize: () => ({ width: 0, height: collection.size * ROW_HEIGHT }),
  };
}

/**
 * The one row whose cells can take the focus: keys have led into one of them. It stays so while the focus is on
 * the row, because a cell that is made anew under a pressed button takes the click with it.
 */
function useRowOfCells(focusedPlace: number | null, isInCell: boolean): number | null {
  const [before, setBefore] = useState<number | null>(null);
  const place = isInCell || focusedPlace === before ? focusedPlace : null;
  if (place !== before) setBefore(place);
  return place;
}

/** The row that gets the focus is scrolled to, if it is not in sight. */
function useFocusInSight(
  scroller: RefObject<HTMLElement | null>,
  place: number | null,
  isFocused: boolean,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null || place === null || !isFocused) return;
    const above = place * ROW_HEIGHT;
    const below = above + ROW_HEIGHT - (element.clientHeight - HEADING_HEIGHT);
    if (element.scrollTop > above) element.scrollTop = above;
    else if (element.scrollTop < below) element.scrollTop = below;
  }, [scroller, place, isFocused]);
}

/** Says in the place of rows why there are none. */
const EMPTY_ROW = { role: 'row', 'aria-rowindex': 2 } as const;
const emptyCell = (columns: number) => ({ role: 'gridcell', 'aria-colspan': columns }) as const;

interface RowsProps {
  readonly state: RowsState;
  readonly isEmpty: boolean;
  readonly whenEmpty: ReactNode;
  readonly children: ReactNode;
}

function Rows({ state, isEmpty, whenEmpty, children }: RowsProps) {
  const { rowGroupProps } = useTableRowGroup();
  return (
    <div {...rowGroupProps} className={styles.rows}>
      {isEmpty ? (
        <div {...EMPTY_ROW}>
          <div {...emptyCell(state.collection.columnCount)} className={styles.empty}>
            {whenEmpty}
          </div>
        </div>
      ) : (
        children
      )}
    </div>
  );
}

interface LineProps {
  readonly node: GridNode<TokenRow>;
  readonly state: RowsState;
  readonly now: Date;
  /** Out of sight: it is there because it has the focus. */
  readonly isAway: boolean;
  /** Its cells can take the focus. */
  readonly isOfCells: boolean;
}

function Line({ node, state, now, isAway, isOfCells }: LineProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { rowProps } = useTableRow({ node, isVirtualized: true }, state, ref);
  const cells = [...(state.collection.getChildren?.(node.key) ?? [])];
  return (
    <div
      {...rowProps}
      ref={ref}
      className={styles.row}
      data-away={isAway}
      data-retired={node.value?.token.state.kind === 'retired'}
    >
      {cells.map((cell) =>
        isOfCells ? (
          <FocusableCell key={cell.key} node={cell} state={state} now={now} />
        ) : (
          <Cell key={cell.key} node={cell} label={rowProps['aria-labelledby']} now={now} />
        ),
      )}
    </div>
  );
}

interface CellProps {
  readonly node: GridNode<TokenRow>;
  /** The id of the cell that names the row. */
  readonly label: string | undefined;
  readonly now: Date;
}

/** Cannot take the focus: to make hundreds that can is what would take long. */
function Cell({ node, label, now }: CellProps) {
  const place = { 'aria-colindex': node.index + 1 };
  const gridCellProps =
    node.column?.props.isRowHeader === true
      ? { ...place, role: 'rowheader', id: label }
      : { ...place, role: 'gridcell' };
  return (
    <div {...gridCellProps} className={styles.cell}>
      {contentOf(node, now)}
    </div>
  );
}

function FocusableCell({ node, state, now }: Omit<CellProps, 'label'> & { readonly state: RowsState }) {
  const ref = useRef<HTMLDivElement>(null);
  const { gridCellProps } = useTableCell({ node, isVirtualized: true }, state, ref);
  return (
    // A click anywhere focuses the row: the arrows lead into its cells.
    <div
      {...gridCellProps}
      tabIndex={gridCellProps.tabIndex === 0 ? 0 : undefined}
      ref={ref}
      className={styles.cell}
    >
      {contentOf(node, now)}
    </div>
  );
}

function contentOf(node: GridNode<TokenRow>, now: Date): ReactNode {
  return node.value !== null && TOKEN_CELLS[node.column?.key as TokenColumn].cell(node.value, now);
}

/** Of what an element shows, in pixels. */
function useSize(element: RefObject<HTMLElement | null>): {
  readonly width: number;
  readonly height: number;
} {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const read = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
