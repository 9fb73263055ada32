/** A method of the platform's API, by the name that tokens are given for. Safe ones change nothing. */
export interface ApiMethod {
  readonly method: string;
  readonly isSafe: boolean;
}

export const API_METHODS = [
  { method: 'users.account.GetUserInfo', isSafe: true },
  { method: 'environment.control.StopEnv', isSafe: false },
  { method: 'users.authentication.CreateToken', isSafe: false },
  { method: 'users.authentication.EditToken', isSafe: false },
  { method: 'users.authentication.RegenerateToken', isSafe: false },
  { method: 'users.authentication.DeleteTokens', isSafe: false },
  { method: 'users.authentication.GetTokens', isSafe: true },
  { method: 'users.authentication.GetTokenTemplates', isSafe: true },
  { method: 'users.authentication.GetTokenApiList', isSafe: true },
  { method: 'users.authentication.Signout', isSafe: false },
] as const satisfies readonly ApiMethod[];
export type ApiMethodName = (typeof API_METHODS)[number]['method'];

export const ALL_METHODS: readonly string[] = API_METHODS.map(({ method }) => method);

export const CUSTOM = 'Custom';

/** What the documented templates allow is not documented; only that the first allows much. */
export const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'Extended Access': ALL_METHODS,
  'IDE Plugins': ['users.account.GetUserInfo', 'environment.control.StopEnv', 'users.authentication.Signout'],
  Marketplace: ['users.account.GetUserInfo'],
  'Maven Plugin': ['users.account.GetUserInfo', 'environment.control.StopEnv'],
};

export function itemsOf(methods: readonly string[]): ApiMethod[] {
  return API_METHODS.filter(({ method }) => methods.includes(method));
}
