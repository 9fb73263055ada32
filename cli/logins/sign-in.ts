import type { SignInInput } from '../../core/logins/logins.ts';
import type { OAuthSteps } from '../../core/oauth/oauth-steps.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Token } from '../../shared/tokens/token.ts';
import { describeTokenState, tokenState } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { type FoundToken, findToken } from '../tokens/find-token.ts';
import { listedToken } from '../tokens/listed-token.ts';
import { readSecret } from '../tokens/read-secret.ts';
import { openBrowser } from './open-browser.ts';

export interface SignInOptions {
  readonly app?: string;
  readonly code?: string;
  readonly passwordStdin?: boolean;
  /** `false`: `--no-browser`. */
  readonly browser?: boolean;
}

export async function signIn(session: Session, name: string, options: SignInOptions): Promise<undefined> {
  const tessera = await session.unlocked();
  const found = findToken(tessera, name, options.app);
  const signal = session.interruption();
  const steps = stepsOf(session, options);
  const attempt = (input: SignInInput) => tessera.logins.signIn(found.key, { ...input, steps }, signal);
  const given: SignInInput = {
    ...(options.code === undefined ? {} : { code: options.code }),
    ...(options.passwordStdin === true ? { password: await readSecret({ secretStdin: true }) } : {}),
  };
  const token = await askingAsNeeded(attempt, given, found.token);
  report(session, { ...found, token });
}

/** On a terminal, asks for what is missing; elsewhere the error says how to give it. */
async function askingAsNeeded(
  attempt: (input: SignInInput) => Promise<Token>,
  input: SignInInput,
  token: Token,
): Promise<Token> {
  try {
    return await attempt(input);
  } catch (error) {
    if (!(error instanceof AppError) || !process.stdin.isTTY) throw error;
    const { promptHidden } = await import('../prompt-hidden.ts');
    if (error.code === 'LOGIN_NEEDED' && input.password === undefined && token.login !== null) {
      return askingAsNeeded(attempt, { ...input, password: await promptHidden('Password: ') }, token);
    }
    if (error.code === 'TWO_FACTOR_NEEDED' && input.code === undefined) {
      return attempt({ code: await promptHidden('Code: ') });
    }
    throw error;
  }
}

function stepsOf(session: Session, { browser = true }: SignInOptions): OAuthSteps {
  return {
    openPage: async (url) => {
      session.note('Sign in at', url.href);
      if (browser && process.stderr.isTTY) openBrowser(url);
    },
    showCode: ({ userCode, verificationUrl }) => {
      session.note('Sign in at', verificationUrl);
      session.note('Code', userCode);
    },
  };
}

/** Prints a token after its access token was got. */
export function report(session: Session, { token, app }: FoundToken): void {
  const now = new Date();
  const until = token.expiresAt === null ? '' : ` until ${token.expiresAt}`;
  session.print(
    listedToken(token, app, now),
    `${printable(token.name)} of ${printable(app.name)} is connected${until}; it ${stateOf(token, now)}.`,
  );
}

function stateOf(token: Token, now: Date): string {
  return describeTokenState(tokenState(token, now));
}
