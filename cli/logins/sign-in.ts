import type { SignInInput } from '../../core/logins/logins.ts';
import type { OAuthSteps } from '../../core/oauth/oauth-steps.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { Token, TokenListItem } from '../../shared/tokens/token.ts';
import { describeTokenState } from '../../shared/tokens/token-state.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';
import { findToken } from '../tokens/find-token.ts';
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
  printConnected(session, tessera.describeToken(token), found.app);
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
export function printConnected(session: Session, token: TokenListItem, app: App): void {
  const until = token.expiresAt === null ? '' : ` until ${token.expiresAt}`;
  session.print(
    listedToken(token, app),
    `${printable(token.name)} of ${printable(app.name)} is connected${until}; it ${describeTokenState(token.state)}.`,
  );
}
