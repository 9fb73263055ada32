import { z } from 'zod';

export const THEMES = ['system', 'light', 'dark'] as const;

/** What the user prefers. Nothing here is secret: it is stored in the clear. Unknown values fall back. */
export const settingsSchema = z.object({
  theme: z.enum(THEMES).catch('system').default('system'),
});
export type Settings = z.output<typeof settingsSchema>;

export const settingsChangesSchema = z.strictObject({ theme: z.enum(THEMES).optional() });
