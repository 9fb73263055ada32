import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FileProblem } from '../../shared/collections/token-reference.ts';
import { sameName } from '../../shared/name.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { useTabs } from '../tabs/tabs-store.ts';
import { toast } from '../ui/toasts.tsx';

/** What goes on naming the token by the name it had. */
export interface LeftRequests {
  readonly files: readonly FileProblem[];
  /** Why none could follow; `null`: what is not among the files did. */
  readonly error: unknown;
}

export interface FollowRename {
  /** Files of collections that name the token, once it has another name. */
  readonly files: number;
  /** Files that cannot be read, and may name it too. */
  readonly unread: number;
  /** It is not known yet whether there are any. */
  readonly isLooking: boolean;
  readonly isWanted: boolean;
  readonly setWanted: (isWanted: boolean) => void;
  /** To be asked before the token gets its name. @throws AppError `SECRET_IN_FILE` where the requests may not hold it */
  readonly check: () => Promise<void>;
  /** The token has its new name by then: what cannot follow is said, and undoes nothing. @returns `null`: nothing is left */
  readonly follow: (renamed: Token) => Promise<LeftRequests | null>;
}

/**
 * Lets saved requests follow a token that gets another name: those on the disk, and those that are open.
 *
 * @param token as it was; `null`: a new one
 * @param name as it is typed
 */
export function useFollowRename(token: Token | null, name: string): FollowRename {
  const [isWanted, setWanted] = useState(true);
  const isRenamed = token !== null && name.trim() !== '' && !sameName(token.name, name.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['references', token?.appId, token?.name],
    queryFn: () =>
      token === null
        ? { files: [], unread: [] }
        : unwrap(tessera.collections.tokenReferences({ appId: token.appId, name: token.name })),
    enabled: isRenamed,
    gcTime: 0,
  });
  const found = isRenamed ? data : undefined;
  const check = async () => {
    if (token === null || !isWanted || found === undefined || found.files.length === 0) return;
    const { appId, name: from } = token;
    await unwrap(tessera.collections.checkRename({ appId, from, name }));
  };
  const follow = async (renamed: Token) => {
    if (token === null || !isWanted || sameName(token.name, renamed.name)) return null;
    const { appId, id } = renamed;
    try {
      const { changed, failed } = await unwrap(
        tessera.collections.renameToken({ appId, tokenId: id, from: token.name }),
      );
      useTabs.getState().followRename({ appId, from: token.name, to: renamed.name, changed });
      if (changed.length > 0) toast(`${requests(changed.length)} changed to ${renamed.name}.`);
      return failed.length === 0 ? null : { files: failed, error: null };
    } catch (error) {
      return { files: [], error };
    }
  };
  return {
    files: found?.files.length ?? 0,
    unread: found?.unread.length ?? 0,
    isLooking: isRenamed && isFetching,
    isWanted,
    setWanted,
    check,
    follow,
  };
}

/** As a subject. */
export function requests(count: number): string {
  return count === 1 ? '1 saved request' : `${count} saved requests`;
}
