import { z } from 'zod';

/** One token that the practice API has made, as its first line of `--json` output lists it. */
export const practiceTokenSchema = z.object({
  provider: z.string(),
  baseUrl: z.string(),
  scheme: z.string(),
  field: z.string().optional(),
  tokenId: z.string().optional(),
  secret: z.string(),
  note: z.string().optional(),
});
export type PracticeToken = z.infer<typeof practiceTokenSchema>;

/** The first line that the practice API prints with `--json`. */
export const practiceAnnouncementSchema = z.object({ url: z.url(), tokens: z.array(practiceTokenSchema) });
export type PracticeAnnouncement = z.infer<typeof practiceAnnouncementSchema>;

export interface PracticeStatus {
  /** `null` while it is not running. */
  readonly url: string | null;
}
