import type { DamagedRecord } from '../../shared/vault/vault.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

export interface VerifyOptions {
  readonly setAside?: boolean;
}

/** Opens everything in the vault. @returns exit code 1 where something is damaged */
export async function verifyVault(session: Session, options: VerifyOptions): Promise<ExitCode | undefined> {
  const { vault } = options.setAside ? await session.confirmed() : await session.unlocked();
  const report = vault.repair.report();
  const setAside = options.setAside ? vault.repair.setDamagedAside() : null;
  const lines = [
    `${report.apps} ${report.apps === 1 ? 'app' : 'apps'}, ${report.records} ${report.records === 1 ? 'token' : 'tokens'} opened.`,
    ...report.damaged.map(describe),
    ...report.strayFiles.map((name) => `apps/${printable(name)} belongs to no app of this vault.`),
    ...(setAside === null ? [] : [`What is damaged is in ${printable(setAside)} now.`]),
    report.damaged.length === 0 ? 'Nothing is damaged.' : `Damaged: ${report.damaged.length}.`,
  ];
  session.print({ ...report, setAside }, lines.join('\n'));
  return report.damaged.length === 0 ? undefined : EXIT.failed;
}

function describe({ appId, recordId, reason }: DamagedRecord): string {
  if (appId === null) return `The vault: ${reason}.`;
  return recordId === null ? `App ${appId}: ${reason}.` : `Token ${recordId} of app ${appId}: ${reason}.`;
}
