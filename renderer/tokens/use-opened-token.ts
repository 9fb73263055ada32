import { type RefObject, useEffect } from 'react';
import { useSelection } from '../shell/selection-store.ts';

/**
 * Puts the focus on the row of the token that was asked for, from Home or a notification, once it is there.
 *
 * @param rows what holds them; each has its token's id as `data-key`, as collections of react-aria have
 * @param isLoaded whether the rows are there to be found
 */
export function useOpenedToken(rows: RefObject<HTMLElement | null>, isLoaded: boolean): void {
  const tokenId = useSelection((selection) => selection.tokenId);
  useEffect(() => {
    if (tokenId === null || !isLoaded) return;
    const row = rows.current?.querySelector(`[data-key="${CSS.escape(tokenId)}"]`);
    if (!(row instanceof HTMLElement)) return;
    row.scrollIntoView({ block: 'nearest' });
    row.focus();
    useSelection.getState().forgetToken();
  }, [rows, tokenId, isLoaded]);
}
