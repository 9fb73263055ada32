import type { CommandTarget } from '../command-line.ts';
import { EXIT } from '../exit-code.ts';
import { table } from '../terminal.ts';

export function addDoctorCommand({ program, execute }: CommandTarget): void {
  program
    .command('doctor')
    .description('what works on this machine')
    .action((_options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const { examine } = await import('./examine.ts');
        const findings = await examine(session.home);
        session.print(
          findings,
          table(
            ['', 'WHAT', 'FOUND'],
            findings.map(({ state, what, found }) => [
              { ok: '✓', missing: '–', broken: '✗' }[state],
              what,
              found,
            ]),
          ),
        );
        return findings.some(({ state }) => state === 'broken') ? EXIT.failed : EXIT.done;
      }),
    );
}
