import { countBySeverity, type Finding, type Severity } from '../../shared/health/finding.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { paint, printable } from '../terminal.ts';

export interface HealthOptions {
  readonly app?: string;
  readonly all?: boolean;
}

const COLORS = { high: 'red', medium: 'yellow', low: 'dim' } as const satisfies Record<Severity, string>;

export async function showHealth(session: Session, options: HealthOptions): Promise<ExitCode> {
  const tessera = await session.unlocked();
  const appId = options.app === undefined ? null : tessera.apps.find(options.app).id;
  const report = await tessera.health.report(appId);
  const counts = countBySeverity(report.findings);
  const shown = report.findings.filter(({ isDismissed }) => options.all === true || !isDismissed);
  const dismissed = report.findings.filter(({ isDismissed }) => isDismissed).length;
  session.print(
    { findings: shown, counts, dismissed, apps: report.apps, tokens: report.tokens },
    shown.length === 0 ? nothingToDo(report.tokens, dismissed) : shown.map(findingText).join('\n'),
  );
  return counts.high + counts.medium > 0 ? EXIT.failed : EXIT.done;
}

function nothingToDo(tokens: number, dismissed: number): string {
  const looked = `Nothing to do: ${tokens === 1 ? 'one token was' : `${tokens} tokens were`} looked at.`;
  return dismissed === 0 ? looked : `${looked} ${dismissed} dismissed: --all shows them.`;
}

function findingText({ severity, app, title, advice, isDismissed }: Finding): string {
  const mark = paint(COLORS[severity], severity.padEnd(6));
  const note = isDismissed ? ' (dismissed)' : '';
  return `${mark}  ${printable(app)}: ${printable(title)}${note}\n        ${advice}`;
}
