import { z } from 'zod';
import { EXPIRY_LEVEL_DAYS, EXPIRY_LEVELS, MOST_EXPIRY_LEVELS } from '../tokens/token-state.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** Bounds of what can be set: past them a protection would be one in name only. */
const AUTO_LOCK_MINUTES = { min: 1, max: 720 } as const;
const CLIPBOARD_SECONDS = { min: 5, max: 600 } as const;
const CONFIRMATION_MINUTES = { min: 0, max: 15 } as const;

const between = ({ min, max }: { readonly min: number; readonly max: number }, unit: string) => {
  const message = `this is a whole number of ${unit} from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message);
};

const fields = {
  theme: z.enum(THEMES, `a theme is one of ${THEMES.join(', ')}`),
  /** Minutes without use after which the vault locks itself; `null`: never. */
  autoLockMinutes: between(AUTO_LOCK_MINUTES, 'minutes').nullable(),
  /** Seconds after which a copied secret is taken off the clipboard again; `null`: never. */
  clipboardSeconds: between(CLIPBOARD_SECONDS, 'seconds').nullable(),
  /** Minutes for which a passphrase that was typed to confirm something holds; 0: for that alone. */
  confirmationMinutes: between(CONFIRMATION_MINUTES, 'minutes'),
  /** Keeps the whole window out of screenshots and shared screens (macOS, Windows), not only shown secrets. */
  contentProtection: z.boolean(),
  /** Days before its end at which a token is called to attention, most relaxed first. */
  expiryLevels: z
    .array(between(EXPIRY_LEVEL_DAYS, 'days'))
    .min(1, 'at least one number of days is needed')
    .max(MOST_EXPIRY_LEVELS, `there are at most ${MOST_EXPIRY_LEVELS} numbers of days`)
    .transform((levels): readonly number[] => [...new Set(levels)].sort((left, right) => right - left)),
  /** Says on the desktop what expires, once for each token and level. */
  expiryNotifications: z.boolean(),
} as const;

/** What the user prefers. Nothing here is secret: it is stored in the clear. Unknown values fall back. */
export const settingsSchema = z.object({
  theme: fields.theme.catch('system').default('system'),
  autoLockMinutes: fields.autoLockMinutes.catch(15).default(15),
  clipboardSeconds: fields.clipboardSeconds.catch(30).default(30),
  confirmationMinutes: fields.confirmationMinutes.catch(5).default(5),
  contentProtection: fields.contentProtection.catch(false).default(false),
  expiryLevels: fields.expiryLevels.catch(EXPIRY_LEVELS).default(EXPIRY_LEVELS),
  expiryNotifications: fields.expiryNotifications.catch(true).default(true),
});
export type Settings = z.output<typeof settingsSchema>;

export const settingsChangesSchema = z.strictObject(fields).partial();
export type SettingsChanges = z.input<typeof settingsChangesSchema>;
