import { AppError } from '../../shared/app-error.ts';
import type { AppChanges } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { providerIdSchema } from '../../shared/providers/provider.ts';
import type { Session } from '../session.ts';
import { readCheck, warnOfPlaintext } from './add-app.ts';
import { describeApp } from './describe-app.ts';

export interface EditAppOptions {
  readonly name?: string;
  readonly provider?: string;
  readonly baseUrl?: string;
  readonly allow?: readonly string[];
  readonly check?: string;
  /** Name or id. */
  readonly defaultToken?: string;
}

/** Takes `none` for what an app may be without. */
export async function editApp(
  session: Session,
  nameOrId: string,
  options: EditAppOptions,
): Promise<undefined> {
  const changes = readChanges(options);
  // A further origin is where the app's tokens could be sent to from now on.
  const { apps, tokens } = options.allow === undefined ? await session.unlocked() : await session.confirmed();
  const { id } = apps.find(nameOrId);
  const wanted = changes.defaultToken ?? null;
  // By the name that it has, and only one that the app has.
  const known = wanted === null ? {} : { defaultToken: tokens.find(id, wanted).name };
  const app = apps.update(id, { ...changes, ...known });
  warnOfPlaintext(app, session);
  session.print(app, describeApp(app));
}

function readChanges({ name, provider, baseUrl, allow, check, defaultToken }: EditAppOptions): AppChanges {
  const changes: AppChanges = {
    ...(name === undefined ? {} : { name }),
    ...(provider === undefined
      ? {}
      : { provider: parseInput(providerIdSchema.nullable(), orNull(provider), '--provider') }),
    ...(baseUrl === undefined ? {} : { baseUrl: orNull(baseUrl) }),
    ...(allow === undefined ? {} : { allowedOrigins: [...allow] }),
    ...(check === undefined ? {} : { check: orNull(check) === null ? null : readCheck(check) }),
    ...(defaultToken === undefined ? {} : { defaultToken: orNull(defaultToken) }),
  };
  if (Object.keys(changes).length > 0) return changes;
  throw new AppError(
    'INVALID_INPUT',
    'Say what is to change: --name, --provider, --base-url, --allow, --check or --default-token.',
  );
}

function orNull(text: string): string | null {
  return text === 'none' ? null : text;
}
