import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { checkCompromised } from '../requests/check-compromised.ts';
import { checkExpiry, type Refusal } from '../requests/check-expiry.ts';
import { chooseToken } from '../requests/choose-token.ts';
import type { Tokens } from '../tokens/tokens.ts';

/** Where the token goes that nobody named. */
const DEFAULT_VARIABLE = 'TESSERA_TOKEN';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** "This token, in that variable." */
export interface ExecAssignment {
  readonly variable: string;
  /** Name or id. */
  readonly token: string;
}

export interface ExecOptions {
  /** None: the token that a request of the app would use, in `TESSERA_TOKEN`. */
  readonly assignments: readonly ExecAssignment[];
  /** Pass a token on even though it has expired. */
  readonly sendExpired: boolean;
  /** Pass a token on even though it is marked as compromised. */
  readonly sendCompromised: boolean;
}

interface ExecContext {
  readonly app: App;
  readonly tokens: Tokens;
  readonly now: Date;
}

/**
 * The variables that a program is started with: each token's secret, and for `basic` its public half under
 * the same name with `_ID`. This is where secrets become strings: an environment is made of nothing else.
 *
 * @throws AppError `INVALID_INPUT`, `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP`, `TOKEN_EXPIRED`, `TOKEN_COMPROMISED`
 */
export function execEnvironment(options: ExecOptions, context: ExecContext): Record<string, string> {
  const { app, tokens, now } = context;
  const chosen = chooseTokens(options, context);
  for (const { token } of chosen) {
    checkCompromised(token, options.sendCompromised, notStarted('--send-compromised'));
    checkExpiry(token, now, options.sendExpired, notStarted('--send-expired'));
  }
  checkDistinct(chosen);
  const variables: Record<string, string> = {};
  for (const { variable, token } of chosen) {
    const secret = tokens.secrets.open({ appId: app.id, tokenId: token.id });
    variables[variable] = secret.toString('utf8');
    secret.fill(0);
    tokens.usage.note({ appId: app.id, tokenId: token.id });
    if (token.scheme === 'basic') variables[idVariable(variable)] = token.tokenId ?? '';
  }
  return variables;
}

function notStarted(option: string): Refusal {
  return { consequence: 'The program was not started', anyway: `pass it on all the same with ${option}` };
}

interface Chosen {
  readonly variable: string;
  readonly token: Token;
}

/** The tokens that go into variables. @throws AppError `INVALID_INPUT`, `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP` */
export function chooseTokens(
  { assignments }: Pick<ExecOptions, 'assignments'>,
  { app, tokens }: Pick<ExecContext, 'app' | 'tokens'>,
): Chosen[] {
  if (assignments.length > 0) {
    return assignments.map(({ variable, token }) => {
      checkName(variable);
      return { variable, token: tokens.find(app.id, token) };
    });
  }
  const inherit = { kind: 'inherit' } as const;
  const { token } = chooseToken(inherit, inherit, tokens.ofApp(app));
  if (token !== null) return [{ variable: DEFAULT_VARIABLE, token }];
  throw new AppError(
    'TOKEN_NOT_FOUND',
    `The app ${app.name} has no default token and not just one. Say which goes where: --set VAR=TOKEN.`,
    { app: app.name },
  );
}

function checkName(variable: string): void {
  if (VARIABLE.test(variable)) return;
  throw new AppError(
    'INVALID_INPUT',
    'A variable’s name has letters, digits and _, and does not begin with a digit: --set API_TOKEN=main.',
    { path: 'set' },
  );
}

/** Compared as Windows does, where the case of a variable's name makes no difference. */
function checkDistinct(chosen: readonly Chosen[]): void {
  const names = chosen.flatMap(({ variable, token }) =>
    token.scheme === 'basic' ? [variable, idVariable(variable)] : [variable],
  );
  const twice = names.find(
    (name, index) => names.findIndex((each) => each.toUpperCase() === name.toUpperCase()) !== index,
  );
  if (twice === undefined) return;
  throw new AppError('INVALID_INPUT', `Two tokens would be in the variable ${twice}. Choose another name.`, {
    path: 'set',
    variable: twice,
  });
}

function idVariable(variable: string): string {
  return `${variable}_ID`;
}
