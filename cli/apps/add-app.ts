import type { Provider } from '../../core/providers/provider.ts';
import { providerOf } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import { type App, type AppCheck, parseAppCheck, plaintextOrigins } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { fillBaseUrl, providerIdSchema } from '../../shared/providers/provider.ts';
import type { Session } from '../session.ts';
import { describeApp } from './describe-app.ts';

export interface AddAppOptions {
  readonly provider?: string;
  readonly baseUrl?: string;
  readonly variable?: readonly string[];
  readonly allow?: readonly string[];
  readonly check?: string;
}

export async function addApp(session: Session, name: string, options: AddAppOptions): Promise<undefined> {
  const id = parseInput(providerIdSchema.nullable(), options.provider ?? null, '--provider');
  const baseUrl = options.baseUrl ?? baseUrlOf(providerOf(id), options.variable ?? []);
  const check = options.check === undefined ? null : readCheck(options.check);
  const { apps } = await session.unlocked();
  const app = apps.create({
    name,
    provider: id,
    baseUrl,
    check,
    ...(options.allow === undefined ? {} : { allowedOrigins: [...options.allow] }),
  });
  warnOfPlaintext(app, session);
  session.print(app, describeApp(app));
}

export function warnOfPlaintext({ allowedOrigins }: App, session: Session): void {
  for (const origin of plaintextOrigins(allowedOrigins)) {
    session.warn(`${origin} is not encrypted: everyone on the way can read the tokens that are sent to it.`);
  }
}

/** @throws AppError `INVALID_INPUT` */
export function readCheck(text: string): AppCheck {
  const check = parseAppCheck(text);
  if (check !== null) return check;
  throw new AppError('INVALID_INPUT', '--check is a method and a path, such as "GET /me".', {
    path: 'check',
  });
}

/** @throws AppError `INVALID_INPUT` where the provider's holds a part that only the user knows */
function baseUrlOf(provider: Provider | null, given: readonly string[]): string | null {
  const template = provider?.baseUrls[0]?.url ?? null;
  if (provider === null || template === null) return null;
  const known = provider.variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]));
  const url = fillBaseUrl(template, { ...Object.fromEntries(known), ...readVariables(given, provider) });
  const [missing] = /\{\w+\}/.exec(url) ?? [];
  if (missing === undefined) return url;
  const example = provider.variables.find(({ name }) => `{${name}}` === missing)?.placeholder ?? '';
  throw new AppError(
    'INVALID_INPUT',
    `With ${provider.name}, say where your account lives: --variable ${missing.slice(1, -1)}=${example}, or --base-url ${template} with your own in place of {…}.`,
    { path: 'baseUrl' },
  );
}

function readVariables(given: readonly string[], { name, variables }: Provider): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      const variable = variables.find((each) => each.name === text.slice(0, at));
      if (variable !== undefined) return [variable.name, text.slice(at + 1)];
      const names = variables.map((each) => each.name).join(', ');
      throw new AppError(
        'INVALID_INPUT',
        `--variable is NAME=VALUE. ${name} has ${names === '' ? 'no variables' : `the variables ${names}`}.`,
        { path: 'variable' },
      );
    }),
  );
}
