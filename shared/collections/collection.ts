import { z } from 'zod';
import type { AppErrorData } from '../app-error.ts';
import { nameSchema } from '../name.ts';
import { requestSchema } from '../requests/request.ts';

/** Names a collection of an app. */
export const collectionIdSchema = z.string().min(1).max(4096);

/**
 * A file or folder inside a collection, relative to its root, `/` between parts. It cannot leave the
 * collection: no `..`, no absolute path, no drive, no backslash.
 */
export const collectionPathSchema = z
  .string()
  .max(1000, 'a path in a collection has at most 1,000 characters')
  .refine(
    (path) => path === '' || path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'a path in a collection stays inside it',
  )
  .refine(
    (path) => !/[\\:\p{Cc}]/u.test(path),
    'a path in a collection has no backslash, colon or control characters',
  );

/** A collection of an app, as the window lists it. `id` is its absolute folder. */
export interface CollectionSummary {
  readonly id: string;
  readonly name: string;
  /** Why it could not be read; its folder may have moved. */
  readonly problem: AppErrorData | null;
}

/** One entry of a collection's tree, folders before requests, each in the order of their `seq`. */
export interface CollectionItem {
  readonly kind: 'folder' | 'request' | 'unsupported';
  /** Relative to the collection's root. */
  readonly path: string;
  readonly name: string;
  /** Requests only. */
  readonly method: string | null;
  /** Folders only. */
  readonly items: readonly CollectionItem[];
}

/** A saved request with what is needed to save it again without losing another's change. */
export interface SavedRequest {
  readonly path: string;
  readonly name: string;
  readonly request: z.output<typeof requestSchema>;
  /** Changes whenever the file does. */
  readonly version: string;
  /** What the file holds that Tessera keeps but does not do, such as scripts; in words. */
  readonly notices: readonly string[];
}

export const saveRequestSchema = z.strictObject({
  /** Absolute folder of the collection. */
  collectionId: collectionIdSchema,
  /** `null`: a new file in `folder`. */
  path: collectionPathSchema.nullable(),
  folder: collectionPathSchema.default(''),
  name: nameSchema,
  request: requestSchema,
  /** The version that was opened; a different one on disk is a conflict. `null` for a new file. */
  version: z.string().max(200).nullable(),
});
export type SaveRequest = z.output<typeof saveRequestSchema>;
