import { PROVIDERS } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import { plaintextOrigins } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { providerIdSchema } from '../../shared/providers/provider.ts';
import type { Session } from '../session.ts';
import { describeApp } from './describe-app.ts';

export interface AddAppOptions {
  readonly provider?: string;
  readonly baseUrl?: string;
  readonly allow?: readonly string[];
}

export async function addApp(session: Session, name: string, options: AddAppOptions): Promise<undefined> {
  const provider = parseInput(providerIdSchema.nullable(), options.provider ?? null, '--provider');
  const baseUrl = options.baseUrl ?? baseUrlOf(provider);
  const { apps } = await session.unlocked();
  const app = apps.create({
    name,
    provider,
    baseUrl,
    ...(options.allow === undefined ? {} : { allowedOrigins: [...options.allow] }),
  });
  for (const origin of plaintextOrigins(app.allowedOrigins)) {
    session.warn(`${origin} is not encrypted: everyone on the way can read the tokens that are sent to it.`);
  }
  session.print(app, describeApp(app));
}

/** @throws AppError `INVALID_INPUT` where the provider's holds a part that only the user knows */
function baseUrlOf(provider: string | null): string | null {
  const baseUrl = PROVIDERS.find(({ id }) => id === provider)?.baseUrls[0]?.url ?? null;
  if (baseUrl === null || !baseUrl.includes('{')) return baseUrl;
  throw new AppError(
    'INVALID_INPUT',
    `With ${provider}, say where your account lives: --base-url ${baseUrl}, with your own in place of {…}.`,
    { path: 'baseUrl' },
  );
}
