import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useTableColumnHeader, useTableColumnResize, useTableHeaderRow, useTableRowGroup } from 'react-aria';
import type { TableColumnResizeState, TableState } from 'react-stately';
import type { GridNode } from './row-collection.ts';
import type { TokenRow } from './token-rows.ts';
import styles from './token-table.module.css';

interface HeadingsProps {
  readonly state: TableState<TokenRow>;
  readonly widths: TableColumnResizeState<TokenRow>;
}

/** Enter or a click orders the rows by a column; its width is changed at its edge. */
export function Headings({ state, widths }: HeadingsProps) {
  const { rowGroupProps } = useTableRowGroup();
  const ref = useRef<HTMLDivElement>(null);
  const [node] = state.collection.headerRows;
  return (
    <div {...rowGroupProps} className={styles.headings}>
      {node !== undefined && (
        <HeadingRow node={node} state={state} rowRef={ref}>
          {state.collection.columns.map((column) => (
            <Heading key={column.key} node={column} state={state} widths={widths} />
          ))}
        </HeadingRow>
      )}
    </div>
  );
}

interface HeadingRowProps {
  readonly node: GridNode<TokenRow>;
  readonly state: TableState<TokenRow>;
  readonly rowRef: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
}

function HeadingRow({ node, state, rowRef, children }: HeadingRowProps) {
  const { rowProps } = useTableHeaderRow({ node, isVirtualized: true }, state, rowRef);
  return (
    <div {...rowProps} ref={rowRef} className={styles.header}>
      {children}
    </div>
  );
}

function Heading({ node, state, widths }: HeadingsProps & { readonly node: GridNode<TokenRow> }) {
  const ref = useRef<HTMLDivElement>(null);
  const { columnHeaderProps } = useTableColumnHeader({ node, isVirtualized: true }, state, ref);
  const sorted = state.sortDescriptor?.column === node.key ? state.sortDescriptor.direction : null;
  return (
    <div {...columnHeaderProps} ref={ref} className={styles.column}>
      <div className={styles.heading}>
        {/* Takes the focus of the heading, where Enter orders the rows. */}
        <span className={styles.label} role="presentation" tabIndex={-1}>
          {node.rendered}
        </span>
        {sorted === 'ascending' && <ArrowUp size={12} aria-hidden />}
        {sorted === 'descending' && <ArrowDown size={12} aria-hidden />}
        {/* Without rows, Tab would lead to a resizer and never out of it. */}
        {state.collection.size > 0 && <Resizer column={node} widths={widths} />}
      </div>
    </div>
  );
}

interface ResizerProps {
  readonly column: GridNode<TokenRow>;
  readonly widths: TableColumnResizeState<TokenRow>;
}

function Resizer({ column, widths }: ResizerProps) {
  const ref = useRef<HTMLInputElement>(null);
  const { resizerProps, inputProps, isResizing } = useTableColumnResize(
    { column, 'aria-label': `Width of ${column.textValue}` },
    widths,
    ref,
  );
  return (
    <div {...resizerProps} role="presentation" className={styles.resizer} data-resizing={isResizing}>
      <input {...inputProps} ref={ref} />
    </div>
  );
}
