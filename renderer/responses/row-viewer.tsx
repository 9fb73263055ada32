import {
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Row } from '../../shared/responses/response-rows.ts';
import type { OnMask } from './on-mask.ts';
import { paintRow, type RowLanguage } from './paint-row.ts';
import type { RowCache } from './row-cache.ts';
import styles from './row-viewer.module.css';
import { ROW_HEIGHT, scrollGeometry } from './virtual-scroll.ts';

/** Rows that are made beyond those in sight. */
const OVERSCAN = 12;

/** What a code editor says of itself: the keyboard can scroll it, and a screen reader reads it as text. */
const readOnlyText = (label: string) =>
  ({
    role: 'textbox',
    'aria-label': label,
    'aria-readonly': true,
    'aria-multiline': true,
    tabIndex: 0,
  }) as const;

export interface RowViewerHandle {
  /** Brings a row into sight, if it is not. */
  readonly reveal: (row: number) => void;
  readonly focus: () => void;
  readonly firstRow: () => number;
}

interface RowViewerProps {
  readonly cache: RowCache;
  readonly label: string;
  readonly language: RowLanguage;
  /** Place of the match that is looked at. */
  readonly currentMatch: number | null;
  /** Stays at the end as more comes, until the user scrolls up. */
  readonly followsEnd: boolean;
  /** A click on a mask, or Enter anywhere. */
  readonly onMask: OnMask;
  readonly handle: Ref<RowViewerHandle>;
}

/** Shows rows of a body of any length: only those in sight are in the page. */
export function RowViewer(props: RowViewerProps) {
  const { cache, label, language, currentMatch, followsEnd, onMask, handle } = props;
  useSyncExternalStore(cache.subscribe, cache.version);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const viewport = useHeight(scroller);
  const total = cache.summary?.totalRows ?? 0;
  const { height, scale, mostTop } = scrollGeometry(total, viewport);
  const [top, setTop] = useState(0);
  const isAtEnd = useRef(true);
  /** Where the bar was put by us: anything else was the user. */
  const placed = useRef(0);
  const first = Math.max(0, Math.floor(Math.min(top, mostTop) / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(total, Math.ceil((Math.min(top, mostTop) + viewport) / ROW_HEIGHT) + OVERSCAN);

  const scrollTo = (wanted: number) => {
    const next = Math.min(Math.max(0, wanted), mostTop);
    setTop(next);
    isAtEnd.current = next >= mostTop - ROW_HEIGHT;
    if (scroller.current === null) return;
    scroller.current.scrollTop = next / scale;
    placed.current = scroller.current.scrollTop;
  };
  const wheel = useEffectEvent((event: WheelEvent) => {
    // The bar alone would leap: a pixel of it is many rows.
    if (scale <= 1 || event.ctrlKey) return;
    event.preventDefault();
    scrollTo(top + event.deltaY);
  });

  const click = useEffectEvent(({ target }: MouseEvent) => {
    // Who drags over a mask wants its text.
    const isMask = target instanceof Element && target.closest('[data-mask]') !== null;
    if (isMask && getSelection()?.isCollapsed !== false) onMask?.();
  });
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Enter' && onMask !== null && event.target === scroller.current) {
      event.preventDefault();
      onMask();
      return;
    }
    const page = viewport - ROW_HEIGHT;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: top + ROW_HEIGHT,
      ArrowUp: top - ROW_HEIGHT,
      PageDown: top + page,
      PageUp: top - page,
      Home: 0,
      End: mostTop,
    };
    const wanted = moves[event.key];
    if (wanted === undefined || event.altKey || event.shiftKey || event.target !== scroller.current) return;
    event.preventDefault();
    scrollTo(wanted);
  });
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener('wheel', wheel, { passive: false });
    element?.addEventListener('keydown', press);
    element?.addEventListener('click', click);
    return () => {
      element?.removeEventListener('wheel', wheel);
      element?.removeEventListener('keydown', press);
      element?.removeEventListener('click', click);
    };
  }, []);
  useEffect(() => cache.want(first, Math.max(last, 1)));
  useLayoutEffect(() => {
    content.current?.style.setProperty('--height', `${height}px`);
    content.current?.style.setProperty('--shift', `${first * ROW_HEIGHT - Math.min(top, mostTop)}px`);
  }, [height, first, top, mostTop]);
  const keepAtEnd = useEffectEvent((rows: number) => {
    if (followsEnd && isAtEnd.current && rows > 0) scrollTo(mostTop);
  });
  useLayoutEffect(() => keepAtEnd(total), [total]);

  useImperativeHandle(handle, () => ({
    reveal: (row) => {
      const above = row * ROW_HEIGHT;
      if (above < top || above + ROW_HEIGHT > top + viewport) scrollTo(above - viewport / 3);
    },
    focus: () => scroller.current?.focus(),
    firstRow: () => Math.floor(top / ROW_HEIGHT),
  }));

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      {...readOnlyText(label)}
      aria-keyshortcuts={onMask === null ? undefined : 'Enter'}
      onScroll={({ currentTarget: { scrollTop } }) => {
        if (Math.abs(scrollTop - placed.current) < 1) return;
        placed.current = scrollTop;
        const next = scrollTop * scale;
        isAtEnd.current = next >= mostTop - ROW_HEIGHT;
        setTop(next);
      }}
    >
      <div ref={content} className={styles.content}>
        <div className={styles.rows}>
          {Array.from({ length: Math.max(0, last - first) }, (_, index) => (
            <RowLine
              key={first + index}
              row={cache.row(first + index)}
              language={language}
              currentMatch={currentMatch}
              hasMasks={onMask !== null}
              digits={String(cache.summary?.totalLines ?? 0).length}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const MASK_LOOK = { 'data-mask': true, title: 'Masked. Click, or press Enter, to save it to the vault.' };

interface RowLineProps {
  readonly row: Row | undefined;
  readonly language: RowLanguage;
  readonly currentMatch: number | null;
  readonly hasMasks: boolean;
  readonly digits: number;
}

function RowLine({ row, language, currentMatch, hasMasks, digits }: RowLineProps) {
  if (row === undefined) return <div className={styles.row} data-line="" />;
  const number = row.isContinued ? '' : String(row.line);
  // In the middle of a line nobody knows what is inside quotes.
  const known = row.isContinued ? 'text' : language;
  return (
    <div className={styles.row} data-line={number.padStart(digits)}>
      {paintRow(row.text, known, row.marks).map(({ text, tone, match, isMask }, index) =>
        tone === null && match === null && !isMask ? (
          text
        ) : (
          <span
            key={index}
            data-tone={tone ?? undefined}
            data-match={match === null ? undefined : match === currentMatch ? 'current' : 'other'}
            {...(isMask && hasMasks ? MASK_LOOK : {})}
          >
            {text}
          </span>
        ),
      )}
    </div>
  );
}

/** Of an element, as it is now. */
function useHeight(element: { readonly current: HTMLElement | null }): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setHeight(entry?.contentRect.height ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
