import { create } from 'zustand';

interface Selection {
  /** `null`: home. */
  readonly appId: string | null;
  readonly isInSettings: boolean;
  readonly select: (appId: string | null) => void;
  readonly openSettings: () => void;
}

/** Which app the window shows. */
export const useSelection = create<Selection>((set) => ({
  appId: null,
  isInSettings: false,
  select: (appId) => set({ appId, isInSettings: false }),
  openSettings: () => set({ appId: null, isInSettings: true }),
}));
