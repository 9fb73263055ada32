import { z } from 'zod';
import { tokenMetadataSchema } from '../../shared/tokens/token.ts';
import type { RecordKind } from './app-document.ts';

const none = z.object({});

/** What is sealed beside a record's secret, in an envelope of its own. */
const METADATA = {
  token: tokenMetadataSchema,
  cookies: none,
  connection: none,
} as const satisfies Readonly<Record<RecordKind, z.ZodType>>;

export type RecordMetadata<Kind extends RecordKind = RecordKind> = z.output<(typeof METADATA)[Kind]>;

/** What an earlier Tessera left out is filled in. @throws ZodError where it is nothing that this one knows */
export function readMetadata(kind: RecordKind, value: unknown): RecordMetadata {
  return METADATA[kind].parse(value);
}
