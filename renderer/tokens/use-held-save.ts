import { useEffect, useState } from 'react';
import type { FollowRename } from './use-follow-rename.ts';

/**
 * Holds a save back while it is looked for requests that would have to follow, instead of swallowing the key that asked
 * for it. Where some turn up that were not on the screen when it was pressed, they are asked about first, and the next
 * key saves.
 */
export function useHeldSave({ isLooking, files }: FollowRename, save: () => void) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (!isHeld || isLooking) return;
    setHeld(false);
    if (files === 0) save();
  }, [isHeld, isLooking, files, save]);
  return { isHeld, save: () => (isLooking ? setHeld(true) : save()) };
}
