import { z } from 'zod';
import { type ChannelsOf, channel } from '../ipc-channel.ts';
import type { Response } from '../requests/response.ts';
import type { TokenListItem } from '../tokens/token.ts';
import { type BodyCharset, charsetSchema } from './charset.ts';
import { type MaskedValues, saveMaskedSchema } from './masked-value.ts';
import {
  type RowWindow,
  rowLayoutSchema,
  type SearchResult,
  type StreamEvent,
  textSearchSchema,
} from './response-rows.ts';

const ofResponse = z.strictObject({ responseId: z.uuid() });
const rowsOfResponse = z.strictObject({ ...ofResponse.shape, layout: rowLayoutSchema });
const rowNumberSchema = z
  .int()
  .min(0)
  .max(2 ** 32);

export const responseChannels = {
  /** Rows of a body; it may still be coming. */
  'responses.rows': channel<RowWindow>()(
    z.strictObject({ ...rowsOfResponse.shape, from: rowNumberSchema, count: z.int().min(1).max(500) }),
  ),
  /** Looks for text in all of it, and marks it in rows from then on; `null`: nothing any more. */
  'responses.search': channel<SearchResult>()(
    z.strictObject({
      ...rowsOfResponse.shape,
      search: textSearchSchema.nullable(),
      fromRow: rowNumberSchema.default(0),
    }),
  ),
  /** The row in which a match begins. */
  'responses.rowOfMatch': channel<number>()(
    z.strictObject({ ...rowsOfResponse.shape, index: rowNumberSchema }),
  ),
  'responses.rowOfLine': channel<number>()(z.strictObject({ ...rowsOfResponse.shape, line: z.int().min(1) })),
  /** Events of a stream that have come so far. */
  'responses.events': channel<{ readonly events: readonly StreamEvent[]; readonly total: number }>()(
    z.strictObject({ ...ofResponse.shape, from: rowNumberSchema, count: z.int().min(1).max(500) }),
  ),
  /** As a `data:` URL; `null` where the body is no picture that is shown. */
  'responses.picture': channel<{ readonly url: string } | null>()(ofResponse),
  'responses.copy': channel<void>()(z.strictObject({ ...ofResponse.shape, kind: z.enum(['pretty', 'raw']) })),
  /** Asks where to; `null`: the user thought better of it. */
  'responses.save': channel<{ readonly path: string | null }>()(ofResponse),
  /** How a body is read as text, and what of it is not in that charset. */
  'responses.charset': channel<BodyCharset>()(ofResponse),
  /** Reads a body in another charset from now on; `null`: as it says itself. */
  'responses.chooseCharset': channel<void>()(
    z.strictObject({ ...ofResponse.shape, charset: charsetSchema.nullable() }),
  ),
  /** What of the body is masked, without any of it. */
  'responses.masked': channel<MaskedValues>()(ofResponse),
  /** Makes a token of a masked value, which does not come to the window. */
  'responses.saveMasked': channel<TokenListItem>()(saveMaskedSchema),
  /** For its owner: another answer, with nothing masked, to be closed like every other. */
  'responses.showSecrets': channel<{
    readonly responseId: string;
    readonly headers: Response['headers'] | null;
    readonly hidesAfter: number;
  }>()(ofResponse),
  'responses.close': channel<void>()(ofResponse),
} as const satisfies ChannelsOf<'responses'>;
