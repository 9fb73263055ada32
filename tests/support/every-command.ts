import type { Command } from 'commander';
import { declareCommands } from '../../cli/command-line.ts';

/** A command that does something, and how it is called: `token remote list`. */
export interface NamedCommand {
  readonly name: string;
  readonly command: Command;
}

export function everyCommand(): NamedCommand[] {
  const program = declareCommands(
    async () => undefined,
    { practiceScript: '' },
    () => undefined,
  );
  return program.commands.flatMap((command) => below(command, ''));
}

function below(command: Command, path: string): NamedCommand[] {
  const name = `${path}${command.name()}`;
  if (command.commands.length === 0) return [{ name, command }];
  return command.commands.flatMap((each) => below(each, `${name} `));
}
