import { create } from 'zustand';
import type { TokenKey } from '../../shared/tokens/token.ts';

/** What the window shows where no app is chosen. */
export type Place = 'home' | 'health' | 'tokens' | 'settings';

interface Selection {
  /** `null`: one of the places. */
  readonly appId: string | null;
  /** `null`: an app. */
  readonly place: Place | null;
  /** The token that was asked for, until it is found in its app's list. */
  readonly tokenId: string | null;
  /** An app; `null`: home. */
  readonly select: (appId: string | null) => void;
  readonly open: (place: Place) => void;
  readonly openToken: (token: TokenKey) => void;
  readonly forgetToken: () => void;
}

/** Which app, or which place, the window shows. */
export const useSelection = create<Selection>((set) => ({
  appId: null,
  place: 'home',
  tokenId: null,
  select: (appId) => set({ appId, place: appId === null ? 'home' : null, tokenId: null }),
  open: (place) => set({ appId: null, place, tokenId: null }),
  openToken: ({ appId, tokenId }) => set({ appId, place: null, tokenId }),
  forgetToken: () => set({ tokenId: null }),
}));
