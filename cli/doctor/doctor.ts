import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { paint, printable } from '../terminal.ts';
import { examineHome } from './examine-home.ts';
import { examineMachine } from './examine-machine.ts';
import { examineWindow } from './examine-window.ts';
import type { Finding } from './finding.ts';

const MARKS = {
  ok: () => paint('green', '✓'),
  limited: () => paint('yellow', '–'),
  broken: () => paint('red', '✗'),
} as const satisfies Record<Finding['state'], () => string>;

export async function doctor(session: Session): Promise<ExitCode> {
  const findings = [...examineHome(session.home), ...(await examineMachine()), ...examineWindow()];
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(({ state, what, found, todo }) => {
    const first = `${MARKS[state]()} ${what.padEnd(width)}  ${printable(found)}`;
    return todo === null ? first : `${first}\n  ${' '.repeat(width)}  → ${printable(todo)}`;
  });
  session.print(findings, lines.join('\n'));
  return findings.some(({ state }) => state === 'broken') ? EXIT.failed : EXIT.done;
}
