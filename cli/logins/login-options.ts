import type { Command } from 'commander';
import { PROVIDERS, providerOf } from '../../core/providers/providers.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { type LoginDescription, type LoginInput, loginDescriptionSchema } from '../../shared/logins/login.ts';
import type { OAuthInput } from '../../shared/logins/oauth.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { readTextFile } from '../read-text.ts';

/** Most of a file that describes a login. */
const DESCRIPTION_BYTES = 256 * 1024;

/** How a token is described that Tessera gets by signing in. */
export interface LoginOptions {
  /** A login that a provider documents, by its id, or a JSON file. */
  readonly login?: string;
  readonly username?: string;
  readonly domain?: string;
  readonly askPassword?: boolean;
  readonly clientId?: string;
  readonly grant?: string;
  readonly issuer?: string;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly deviceEndpoint?: string;
  readonly revocationEndpoint?: string;
  readonly clientAuth?: string;
}

export function declareLoginOptions(command: Command): Command {
  return command
    .option(
      '--login <id-or-file>',
      'login: one that the provider documents, or a JSON file that describes it',
    )
    .option('--username <name>', 'login: who signs in')
    .option('--domain <domain>', 'login: where the provider wants one')
    .option('--ask-password', 'login: do not keep the password; it is asked for each time')
    .option('--client-id <id>', 'login, oauth2: the client’s ID')
    .option('--grant <grant>', 'oauth2: client-credentials, authorization-code or device-code')
    .option('--issuer <url>', 'oauth2: whose metadata names the endpoints')
    .option('--authorization-endpoint <url>', 'oauth2: where there is no issuer, or another than it names')
    .option('--token-endpoint <url>', 'oauth2: the same')
    .option('--device-endpoint <url>', 'oauth2: the same')
    .option('--revocation-endpoint <url>', 'oauth2: the same')
    .option('--client-auth <how>', 'oauth2: basic, post or none');
}

/** @throws AppError `INVALID_INPUT`, `FILE_NOT_FOUND` */
export async function readLogin(options: LoginOptions, app: App): Promise<LoginInput> {
  return {
    description: await readDescription(options.login, app),
    username: options.username ?? '',
    domain: options.domain ?? '',
    clientId: options.clientId ?? '',
    keepsPassword: options.askPassword !== true,
  };
}

/** Checked with the rest of the token. */
export function readOAuth(options: LoginOptions): OAuthInput {
  return {
    grant: options.grant as OAuthInput['grant'],
    clientId: options.clientId ?? '',
    issuer: options.issuer ?? null,
    authorizationEndpoint: options.authorizationEndpoint ?? null,
    tokenEndpoint: options.tokenEndpoint ?? null,
    deviceEndpoint: options.deviceEndpoint ?? null,
    revocationEndpoint: options.revocationEndpoint ?? null,
    ...(options.clientAuth === undefined
      ? {}
      : { clientAuthentication: options.clientAuth as NonNullable<OAuthInput['clientAuthentication']> }),
  };
}

async function readDescription(login: string | undefined, app: App): Promise<LoginDescription> {
  const presets = PROVIDERS.flatMap(({ logins }) => logins ?? []);
  const preset =
    login === undefined ? providerOf(app.provider)?.logins?.[0] : presets.find(({ id }) => id === login);
  if (preset !== undefined) return preset.description;
  if (login === undefined) {
    throw new AppError(
      'INVALID_INPUT',
      `Which login? --login takes one of ${presets.map(({ id }) => id).join(', ')}, or a JSON file that describes another.`,
      { path: 'login' },
    );
  }
  return parseInput(loginDescriptionSchema, readJson(await readFile(login), login), login);
}

function readFile(path: string): Promise<string> {
  return readTextFile(path, DESCRIPTION_BYTES, 'The description of the login');
}

function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('INVALID_INPUT', `${path} is not JSON.`, { path: 'login' });
  }
}
