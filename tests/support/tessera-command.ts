import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSPHRASE } from './temporary-vault.ts';

const COMMAND = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'tessera.js');

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built command over a home of its own, gone at the end of the block that declared it with `using`. */
export class TesseraCommand {
  readonly home = mkdtempSync(join(tmpdir(), 'tessera-cli-'));

  /** With the vault's passphrase in the environment. */
  run(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [COMMAND, ...args], {
        env: { ...process.env, TESSERA_HOME: this.home, TESSERA_PASSPHRASE: PASSPHRASE, ...env },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
      // The command may refuse its input before it has read all of it.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
