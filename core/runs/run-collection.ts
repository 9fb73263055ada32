import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/app-error.ts';
import type { CollectionItem } from '../../shared/collections/collection.ts';
import type { RunResult, RunSummary } from '../../shared/collections/run.ts';
import type { Request, RequestAuth } from '../../shared/requests/request.ts';
import type { Response } from '../../shared/requests/response.ts';
import { pathInside } from '../collections/collection-file.ts';
import { readTree } from '../collections/collection-tree.ts';
import { readYaml } from '../collections/parse-yaml.ts';
import { readAuth } from '../collections/request-auth.ts';
import { type RequestFile, readRequestFile } from '../collections/request-file.ts';
import { systemReason } from '../system-error.ts';

export interface CollectionRun {
  /** The collection's folder. */
  readonly folder: string;
  /** Only what is in this folder of it. */
  readonly subfolder?: string;
  readonly send: (
    request: Request,
    inherited: RequestAuth,
    variables: readonly Readonly<Record<string, string>>[],
  ) => Promise<{ readonly response: Response }>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Stop at the first that does not pass. */
  readonly bail?: boolean;
  readonly onResult?: (result: RunResult, done: number, total: number) => void;
}

/** Runs the requests of a collection in the order of its tree, one after the other. */
export async function runCollection(run: CollectionRun): Promise<RunSummary> {
  const startedAt = run.now();
  const start = performance.now();
  const root = readRoot(run.folder);
  const requests = flatten(await readTree(run.folder, run.subfolder ?? ''));
  const results: RunResult[] = [];
  let upcoming = readItem(run, requests[0]);
  for (const [index, item] of requests.entries()) {
    if (run.signal.aborted) break;
    const [result, next] = await Promise.all([
      runOne(run, item, upcoming, root),
      readAhead(run, requests[index + 1]),
    ]);
    upcoming = next;
    results.push(result);
    run.onResult?.(result, results.length, requests.length);
    if (run.bail === true && result.outcome !== 'passed') break;
  }
  const count = (outcome: RunResult['outcome']) => results.filter((each) => each.outcome === outcome).length;
  return {
    collection: root.name,
    startedAt: startedAt.toISOString(),
    durationMs: performance.now() - start,
    passed: count('passed'),
    failed: count('failed'),
    errors: count('error'),
    cancelled: run.signal.aborted,
    results,
  };
}

/**
 * Reads while the server works on the request before: parsing would otherwise be waited for each time. In the
 * next turn of the event loop, because only then has that one been sent.
 */
async function readAhead(run: CollectionRun, item: CollectionItem | undefined) {
  await setImmediate();
  return readItem(run, item);
}

/** A request's file, or why it cannot be sent; `null` past the last. */
function readItem(
  { folder }: CollectionRun,
  item: CollectionItem | undefined,
): RequestFile | AppError | null {
  if (item === undefined) return null;
  try {
    const file = readRequestFile(readFileSync(pathInside(folder, item.path), 'utf8'), item.path);
    return file.unsupported === null
      ? file
      : new AppError('COLLECTION_INVALID', file.unsupported, { path: item.path });
  } catch (error) {
    if (error instanceof AppError) return error;
    const reason = systemReason(error);
    return new AppError('REQUEST_NOT_FOUND', `${item.path} cannot be read (${reason}).`, { path: item.path });
  }
}

async function runOne(
  { send }: CollectionRun,
  item: CollectionItem,
  file: RequestFile | AppError | null,
  root: CollectionRoot,
): Promise<RunResult> {
  const start = performance.now();
  const about = { path: item.path, name: item.name, method: item.method ?? '', url: '' };
  try {
    if (file === null || file instanceof AppError) throw file ?? notThere(item);
    const { response } = await send(file.request, root.auth, [root.variables]);
    return {
      ...about,
      name: file.name,
      method: file.request.method,
      url: response.url,
      outcome: outcomeOf(response),
      response,
      error: response.failure,
      durationMs: performance.now() - start,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      ...about,
      outcome: 'error',
      response: null,
      error: error.toData(),
      durationMs: performance.now() - start,
    };
  }
}

function notThere({ path }: CollectionItem): AppError {
  return new AppError('REQUEST_NOT_FOUND', `${path} is gone.`, { path });
}

/** A request without checks passes below 400 only: a 401 that nobody looked at is not a pass. */
function outcomeOf({ status, assertions, failure }: Response): RunResult['outcome'] {
  if (failure !== null) return 'error';
  const passed = assertions.length === 0 ? status < 400 : assertions.every((each) => each.passed);
  return passed ? 'passed' : 'failed';
}

interface CollectionRoot {
  readonly name: string;
  readonly auth: RequestAuth;
  readonly variables: Readonly<Record<string, string>>;
}

/** As far as it is read here: nothing of it is sure to be there, or to be what it should. */
interface RootDocument {
  readonly info?: { readonly name?: unknown } | null;
  readonly request?: { readonly auth?: unknown; readonly variables?: unknown } | null;
}

/** @throws AppError `COLLECTION_NOT_FOUND`, `COLLECTION_INVALID` */
function readRoot(folder: string): CollectionRoot {
  const path = join(folder, 'opencollection.yml');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new AppError('COLLECTION_NOT_FOUND', `${folder} is no collection: it has no opencollection.yml.`, {
      path: folder,
    });
  }
  const root = readYaml(text, path) as RootDocument | null;
  const variables: unknown[] = Array.isArray(root?.request?.variables) ? root.request.variables : [];
  return {
    name: typeof root?.info?.name === 'string' ? root.info.name : basename(folder),
    auth:
      root?.request?.auth === undefined
        ? { kind: 'inherit' }
        : (readAuth(root.request.auth) ?? { kind: 'inherit' }),
    variables: Object.fromEntries(
      variables.flatMap((each) => {
        const { name, value, disabled } = (each ?? {}) as {
          name?: unknown;
          value?: unknown;
          disabled?: unknown;
        };
        return typeof name === 'string' && typeof value === 'string' && disabled !== true
          ? [[name, value]]
          : [];
      }),
    ),
  };
}

function flatten(items: readonly CollectionItem[]): CollectionItem[] {
  return items.flatMap((item) =>
    item.kind === 'folder' ? flatten(item.items) : item.kind === 'request' ? [item] : [],
  );
}
