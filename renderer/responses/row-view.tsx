import { type RefObject, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { MOST_COLUMNS, type RowLayout } from '../../shared/responses/response-rows.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FindBar } from './find-bar.tsx';
import type { OnMask } from './on-mask.ts';
import type { RowLanguage } from './paint-row.ts';
import { RowCache } from './row-cache.ts';
import styles from './row-view.module.css';
import { RowViewer, type RowViewerHandle } from './row-viewer.tsx';
import { useBodySearch } from './use-body-search.ts';
import { useColumns } from './use-columns.ts';

interface RowViewProps {
  readonly responseId: string;
  /** How it is read, once that is known. */
  readonly charset: string | undefined;
  readonly kind: RowLayout['kind'];
  readonly language: RowLanguage;
  readonly wraps: boolean;
  readonly isFinding: boolean;
  readonly onFind: (isFinding: boolean) => void;
  readonly isComplete: boolean;
  readonly receivedBytes: number;
  readonly onMask: OnMask;
}

/** A body in rows, with a search over all of it and a way to a line. */
export function RowView(props: RowViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const columns = useColumns(frame);
  return (
    <div ref={frame} className={styles.frame}>
      {columns !== null && <Rows {...props} columns={props.wraps ? columns : MOST_COLUMNS} frame={frame} />}
    </div>
  );
}

interface RowsProps extends RowViewProps {
  readonly columns: number;
  readonly frame: RefObject<HTMLDivElement | null>;
}

function Rows({
  responseId,
  charset,
  kind,
  language,
  columns,
  isFinding,
  onFind,
  isComplete,
  receivedBytes,
  onMask,
}: RowsProps) {
  const viewer = useRef<RowViewerHandle>(null);
  const input = useRef<HTMLInputElement>(null);
  const cache = useMemo(() => new RowCache(responseId, { kind, columns }), [responseId, kind, columns]);
  useSyncExternalStore(cache.subscribe, cache.version);
  const search = useBodySearch(cache, isFinding, {
    firstRow: () => viewer.current?.firstRow() ?? 0,
    reveal: (row) => viewer.current?.reveal(row),
  });
  useEffect(() => {
    // Whatever has come since, the layout that a complete body gets, and other characters.
    if (receivedBytes > 0 || isComplete || charset !== undefined) cache.refresh();
  }, [cache, receivedBytes, isComplete, charset]);
  useEffect(() => {
    if (isFinding) input.current?.select();
  }, [isFinding]);
  return (
    // The keys of the search work wherever in the body one is.
    <section
      className={styles.frame}
      aria-label="Body"
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
        event.preventDefault();
        onFind(true);
        input.current?.select();
      }}
    >
      {isFinding && (
        <FindBar
          search={search}
          input={input}
          onClose={() => {
            onFind(false);
            viewer.current?.focus();
          }}
        />
      )}
      <ErrorBanner error={cache.error} />
      <RowViewer
        key={kind}
        cache={cache}
        label="Body of the answer"
        language={kind === 'hex' ? 'text' : language}
        currentMatch={search.index}
        // What has a structure is read from its beginning.
        followsEnd={!isComplete && language === 'text'}
        onMask={onMask}
        handle={viewer}
      />
      {kind !== 'hex' && (
        <GoToLine
          lines={cache.summary?.totalLines ?? 0}
          go={async (line) => {
            const { layout } = cache;
            viewer.current?.reveal(await unwrap(tessera.responses.rowOfLine({ responseId, layout, line })));
            viewer.current?.focus();
          }}
        />
      )}
    </section>
  );
}

function GoToLine({ lines, go }: { readonly lines: number; readonly go: (line: number) => Promise<void> }) {
  const [text, setText] = useState('');
  return (
    <form
      className={styles.foot}
      onSubmit={(event) => {
        event.preventDefault();
        const line = Number(text);
        if (Number.isInteger(line) && line > 0) void go(line);
      }}
    >
      <span>
        {lines.toLocaleString('en')} {lines === 1 ? 'line' : 'lines'}
      </span>
      <input
        className={styles.line}
        aria-label="Go to line"
        placeholder="Go to line"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value.replace(/\D/g, '').slice(0, 10))}
      />
    </form>
  );
}
