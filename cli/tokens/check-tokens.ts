import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { describeTotals, type TokenCheckResult } from '../../shared/tokens/token-check.ts';
import { EXIT, EXIT_CODES, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { paint, printable } from '../terminal.ts';

export interface CheckTokensOptions {
  readonly app?: string;
  readonly all?: boolean;
  readonly takeOver?: boolean;
}

interface Checked {
  readonly app: App;
  readonly result: TokenCheckResult;
}

/** A result as `--json` shows it. */
interface CheckedToken {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly outcome: TokenCheckResult['check']['outcome'];
  /** Known to the provider, but not allowed to make just this request. */
  readonly limited: boolean;
  readonly identity: string | null;
  readonly message: string;
  readonly code: TokenCheckResult['code'];
  readonly expiresAt: string | null;
  readonly scopes: readonly string[];
  readonly checkedAt: string;
}

/** Asks the providers. @returns 1 where one refuses a token, else 5 where one did not say, else why it was not asked */
export async function checkTokens(
  session: Session,
  names: readonly string[],
  options: CheckTokensOptions,
): Promise<ExitCode> {
  refuseUnclearChoice(names, options);
  // What somebody typed is replaced by nobody else.
  const replacesTyped = options.takeOver === true;
  const tessera = replacesTyped ? await session.confirmed() : await session.unlocked();
  const apps = options.app === undefined ? tessera.apps.list() : [tessera.apps.find(options.app)];
  const signal = session.interruption();
  const checked: Checked[] = [];
  let isKept = true;
  for (const app of apps) {
    const tokenIds = options.all === true ? null : names.map((name) => tessera.tokens.find(app.id, name).id);
    if (tessera.tokens.list(app.id).length === 0 || signal.aborted) continue;
    const onResult = (result: TokenCheckResult) => {
      checked.push({ app, result });
      if (!session.json) process.stdout.write(`${line(app, result)}\n`);
    };
    const summary = await checkApp(app, apps.length > 1, session, () =>
      tessera.checkTokens(app.id, tokenIds, { replacesTyped, signal, onResult }),
    );
    isKept &&= summary?.isKept ?? true;
  }
  if (!isKept) session.warn('The results could not be kept: another Tessera is writing to this vault.');
  const results = checked.map(({ result }) => result);
  session.print(listed(checked, tessera), totals(results));
  if (signal.aborted) return EXIT.interrupted;
  return exitCodeOf(results);
}

function refuseUnclearChoice(names: readonly string[], { app, all }: CheckTokensOptions): void {
  if (names.length > 0 && all === true) {
    throw new AppError('INVALID_INPUT', 'Name tokens, or say --all, but not both.', { path: 'all' });
  }
  if (names.length === 0 && all !== true) {
    throw new AppError('INVALID_INPUT', 'Say which tokens: their names, or --all.', { path: 'all' });
  }
  if (names.length > 0 && app === undefined) {
    throw new AppError('INVALID_INPUT', 'Say whose tokens these are: --app APP.', { path: 'app' });
  }
}

/** Of many apps, one that cannot be checked does not stop the others. */
async function checkApp<Summary>(
  app: App,
  isOneOfMany: boolean,
  session: Session,
  check: () => Promise<Summary>,
): Promise<Summary | null> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CHECK_NOT_SET') throw error;
    const message = `${error.message} \`tessera app edit\` does so with --check "GET /me".`;
    if (!isOneOfMany) throw new AppError(error.code, message, error.details, { cause: error });
    session.warn(`${app.name} was left out. ${message}`);
    return null;
  }
}

/** With expiry and scopes as they are now: what was taken over is in them. */
function listed(checked: readonly Checked[], { tokens }: Tessera): CheckedToken[] {
  const known = new Map(tokens.list(null).map((token) => [token.id, token]));
  return checked.map(({ app, result: { tokenId, name, check, isLimited, code } }) => ({
    id: tokenId,
    name,
    app: app.name,
    outcome: check.outcome,
    limited: isLimited,
    identity: check.identity,
    message: check.message,
    code,
    expiresAt: known.get(tokenId)?.expiresAt ?? null,
    scopes: known.get(tokenId)?.scopes ?? [],
    checkedAt: check.at,
  }));
}

const MARKS = { accepted: ['green', '✓'], refused: ['red', '✗'], unclear: ['yellow', '?'] } as const;

/** `✓ main (Phone) Ada GmbH. The provider accepts it.` */
function line(app: App, { name, check: { outcome, identity, message } }: TokenCheckResult): string {
  const [color, mark] = MARKS[outcome];
  const who = identity === null ? '' : ` ${identity}.`;
  return `${paint(color, mark)} ${printable(`${name} (${app.name})${who} ${message}`)}`;
}

function totals(results: readonly TokenCheckResult[]): string {
  return results.length === 0 ? 'No token was checked.' : `\n${describeTotals(results)}`;
}

function exitCodeOf(results: readonly TokenCheckResult[]): ExitCode {
  if (results.some(({ check }) => check.outcome === 'refused')) return EXIT.failed;
  const unclear = results.filter(({ check }) => check.outcome === 'unclear');
  if (unclear.length === 0) return EXIT.done;
  // What was not even sent has its own reason, such as an expiry; an answer that does not say is the network's.
  const codes = unclear.map(({ code }) => (code === null ? EXIT.network : EXIT_CODES[code]));
  return codes.find((code) => code === EXIT.network) ?? codes[0] ?? EXIT.network;
}
