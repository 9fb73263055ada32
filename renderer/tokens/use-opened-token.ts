import { useEffect } from 'react';
import { useSelection } from '../shell/selection-store.ts';

/**
 * Puts the focus on the row of the token that was asked for, from Home or a notification, as soon as it is
 * there: its list may still be loading. A row has its token's id as `data-key`, as collections of react-aria do.
 */
export function useOpenedToken(): void {
  const tokenId = useSelection((selection) => selection.tokenId);
  useEffect(() => {
    if (tokenId === null || focusRow(tokenId)) return;
    const observer = new MutationObserver(() => {
      if (focusRow(tokenId)) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [tokenId]);
}

function focusRow(tokenId: string): boolean {
  const row = document.querySelector(`[role="row"][data-key="${CSS.escape(tokenId)}"]`);
  if (!(row instanceof HTMLElement)) return false;
  row.scrollIntoView({ block: 'nearest' });
  row.focus();
  useSelection.getState().forgetToken();
  return true;
}
