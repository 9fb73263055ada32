import { create } from 'zustand';

interface Selection {
  /** `null`: home. */
  readonly appId: string | null;
  readonly select: (appId: string | null) => void;
}

/** Which app the window shows. */
export const useSelection = create<Selection>((set) => ({
  appId: null,
  select: (appId) => set({ appId }),
}));
