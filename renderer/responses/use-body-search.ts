import { useEffect, useEffectEvent, useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { RowLayout, SearchResult, TextSearch } from '../../shared/responses/response-rows.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import type { RowCache } from './row-cache.ts';

/** Typing goes on this long before a long body is searched. */
const TYPING_MS = 120;

const NOTHING: TextSearch = { text: '', isRegex: false, matchCase: false, wholeWord: false };

export interface BodySearch {
  readonly query: TextSearch;
  readonly result: SearchResult | null;
  /** Why it cannot be searched for. */
  readonly error: string | null;
  /** Place of the match that is looked at. */
  readonly index: number | null;
  readonly change: (changes: Partial<TextSearch>) => void;
  /** To the next (1) or the one before (-1), and round. */
  readonly step: (by: 1 | -1) => void;
}

interface Found {
  readonly result: SearchResult | null;
  readonly error: string | null;
  readonly index: number | null;
}

const NONE: Found = { result: null, error: null, index: null };

/** Searches a body in the main process, and goes from match to match. */
export function useBodySearch(
  cache: RowCache,
  isOpen: boolean,
  view: { readonly firstRow: () => number; readonly reveal: (row: number) => void },
): BodySearch {
  const [query, setQuery] = useState(NOTHING);
  const [found, setFound] = useState(NONE);
  const { responseId, layout } = cache;

  const run = useEffectEvent(
    async (kind: RowLayout['kind'], search: TextSearch, isCurrent: () => boolean) => {
      try {
        const fromRow = view.firstRow();
        const result = await unwrap(
          tessera.responses.search({ responseId, layout: { ...layout, kind }, search, fromRow }),
        );
        if (!isCurrent()) return;
        setFound({ result, error: null, index: result.nearest?.index ?? null });
        cache.refresh();
        if (result.nearest !== null) view.reveal(result.nearest.row);
      } catch (error) {
        if (isCurrent()) setFound({ ...NONE, error: error instanceof AppError ? error.message : 'Failed' });
      }
    },
  );
  const forget = useEffectEvent(async () => {
    if (found.result === null) return;
    setFound(NONE);
    await tessera.responses.search({ responseId, layout, search: null });
    cache.refresh();
  });

  useEffect(() => {
    if (!isOpen || query.text === '') {
      void forget();
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => void run(layout.kind, query, () => isCurrent), TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, isOpen, layout.kind]);

  const step = async (by: 1 | -1) => {
    const count = found.result?.count ?? 0;
    if (count === 0) return;
    const index = ((found.index ?? -1) + by + count) % count;
    setFound({ ...found, index });
    view.reveal(await unwrap(tessera.responses.rowOfMatch({ responseId, layout, index })));
  };

  return {
    query,
    ...found,
    change: (changes) => setQuery({ ...query, ...changes }),
    step: (by) => void step(by),
  };
}
