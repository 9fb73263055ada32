import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { StreamEvent } from '../../shared/responses/response-rows.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './event-table.module.css';

/** Events in the table at a time. */
const PAGE = 200;

interface EventPage {
  readonly from: number;
  readonly events: readonly StreamEvent[];
  readonly total: number;
}

interface EventTableProps {
  readonly responseId: string;
  readonly isComplete: boolean;
  /** Changes when more has come. */
  readonly receivedBytes: number;
}

/** The events of a stream: the newest, as long as it comes and nobody scrolls up. */
export function EventTable({ responseId, isComplete, receivedBytes }: EventTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const isLoading = useRef(false);
  const [page, setPage] = useState<EventPage | null>(null);
  const [error, setError] = useState<unknown>(null);

  const load = async (from: number) => {
    if (isLoading.current) return;
    isLoading.current = true;
    try {
      const { events, total } = await unwrap(tessera.responses.events({ responseId, from, count: PAGE }));
      const newest = Math.floor(Math.max(0, total - 1) / PAGE) * PAGE;
      if (from < newest && isAtEnd.current && !isComplete) {
        const last = await unwrap(tessera.responses.events({ responseId, from: newest, count: PAGE }));
        setPage({ from: newest, ...last });
      } else setPage({ from, events, total });
    } catch (reason) {
      setError(reason);
    } finally {
      isLoading.current = false;
    }
  };
  const follow = useEffectEvent((_receivedBytes: number, _isComplete: boolean) => void load(page?.from ?? 0));
  useEffect(() => follow(receivedBytes, isComplete), [receivedBytes, isComplete]);
  const stayAtEnd = useEffectEvent((shown: EventPage | null) => {
    const element = scroller.current;
    if (shown !== null && element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  });
  useLayoutEffect(() => stayAtEnd(page), [page]);

  if (error !== null) return <ErrorBanner error={error} />;
  if (page === null) return null;
  const { from, events, total } = page;
  return (
    <>
      {total > PAGE && (
        <div className={styles.pages}>
          <Button kind="quiet" isDisabled={from === 0} onPress={() => void load(from - PAGE)}>
            Earlier
          </Button>
          {from + 1}–{from + events.length} of {total.toLocaleString('en')}
          <Button kind="quiet" isDisabled={from + PAGE >= total} onPress={() => void load(from + PAGE)}>
            Later
          </Button>
        </div>
      )}
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label="Body of the answer"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
        }}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Event</th>
              <th scope="col">ID</th>
              <th scope="col">Data</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ event, id, data, isCut, at }, index) => (
              <tr key={from + index}>
                <td>{timeOf(at)}</td>
                <td>{event}</td>
                <td>{id}</td>
                <td className={styles.data}>
                  {data}
                  {isCut && '…'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {events.length === 0 && (
          <p className={styles.none}>{isComplete ? 'No event came.' : 'Waiting for the first event…'}</p>
        )}
      </div>
    </>
  );
}

/** Of the day, with thousandths. */
function timeOf(at: string): string {
  if (at === '') return '';
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
