import { create } from 'zustand';
import type { TokenKey } from '../../shared/tokens/token.ts';

interface Selection {
  /** `null`: one of the places. */
  readonly appId: string | null;
  readonly isInSettings: boolean;
  /** The token that was asked for, until it is found in its app's list. */
  readonly tokenId: string | null;
  readonly select: (appId: string | null) => void;
  readonly openSettings: () => void;
  readonly openToken: (token: TokenKey) => void;
  readonly forgetToken: () => void;
}

/** Which app the window shows. */
export const useSelection = create<Selection>((set) => ({
  appId: null,
  isInSettings: false,
  tokenId: null,
  select: (appId) => set({ appId, isInSettings: false, tokenId: null }),
  openSettings: () => set({ appId: null, isInSettings: true, tokenId: null }),
  openToken: ({ appId, tokenId }) => set({ appId, isInSettings: false, tokenId }),
  forgetToken: () => set({ tokenId: null }),
}));
