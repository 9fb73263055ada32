import { useEffect, useRef } from 'react';

/** Begins something as soon as what uses this is there, and never again: effects may run twice. */
export function useOnce(begin: () => void): void {
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    begin();
  }, [begin]);
}
