import { parseInput } from '../../shared/parse-input.ts';
import { newPassphraseSchema } from '../../shared/vault/vault.ts';
import type { CommandTarget } from '../command-line.ts';

export function addVaultCommands({ program, execute }: CommandTarget): void {
  const vault = program.command('vault').description('the encrypted store');
  vault
    .command('init')
    .description('make a new vault')
    .action((_options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const tessera = await session.tessera();
        const passphrase = parseInput(newPassphraseSchema, await session.passphrase('create'), 'Passphrase');
        await tessera.vault.create(passphrase);
        const { passphraseStrength } = await import('../../core/vault/passphrase-strength.ts');
        const { score } = await passphraseStrength(passphrase);
        if (score < 3)
          process.stderr.write(
            'Warning: this passphrase could be guessed. Several uncommon words are better.\n',
          );
        session.print(
          tessera.vault.status(),
          `There is a new vault in ${session.home}.\nNobody can recover its passphrase: keep it safe.`,
        );
        return undefined;
      }),
    );
  vault
    .command('status')
    .description('whether there is a vault, and who is writing to it')
    .action((_options, command) =>
      execute(command.optsWithGlobals(), async (session) => {
        const status = (await session.tessera()).vault.status();
        const lines = [
          `Home: ${status.home}`,
          `Vault: ${status.state}`,
          ...(status.readOnly === null ? [] : [status.readOnly]),
        ];
        session.print(status, lines.join('\n'));
        return undefined;
      }),
    );
}
