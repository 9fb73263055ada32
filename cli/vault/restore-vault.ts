import type { Tessera } from '../../core/tessera.ts';
import { AppError } from '../../shared/app-error.ts';
import type { BackupApp, BackupPreview } from '../../shared/backup/backup.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

export interface RestoreOptions {
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  readonly undo?: boolean;
}

/** @param file left out with `--undo` */
export async function restoreVault(
  session: Session,
  file: string | undefined,
  options: RestoreOptions,
): Promise<undefined> {
  if (options.undo) {
    const { backups } = await session.confirmed();
    backups.undo();
    session.print({ undone: true }, 'The apps are as they were before the last restore.');
    return;
  }
  if (file === undefined) throw new AppError('INVALID_INPUT', 'Name the backup to restore.');
  const tessera = await session.tessera();
  if (tessera.vault.status().state === 'missing' && !options.dryRun) {
    await restoreIntoEmptyHome(session, tessera, file);
    return;
  }
  await restoreIntoVault(session, file, options);
}

async function restoreIntoEmptyHome(session: Session, tessera: Tessera, file: string): Promise<void> {
  const summary = await tessera.restoreAsNew(file, await session.backupPassphrase('unlock'));
  session.print(
    summary,
    `There is a new vault in ${printable(session.home)} with ${counted(summary)}. The backup's passphrase opens it.`,
  );
}

async function restoreIntoVault(session: Session, file: string, options: RestoreOptions): Promise<void> {
  const { backups } = options.dryRun ? await session.unlocked() : await session.confirmed();
  const { openBackup } = await import('../../core/backup/open-backup.ts');
  const backup = await openBackup(file, await session.backupPassphrase('unlock'));
  try {
    const preview = backups.preview(backup);
    for (const reason of preview.damaged) session.warn(`The backup is damaged: ${reason}.`);
    if (options.dryRun) {
      session.print(preview, describePreview(preview, options.replace ?? false));
      return;
    }
    const summary = backups.restore(backup, options.replace ? 'replace' : 'merge');
    const undo = summary.canUndo ? ' `tessera vault restore --undo` takes it back.' : '';
    session.print(summary, `Restored ${counted(summary)}.${undo}`);
  } finally {
    backup.close();
  }
}

function describePreview({ createdAt, apps, removes }: BackupPreview, isReplacing: boolean): string {
  return [
    `Backup of ${createdAt}`,
    ...apps.map((app) => `  ${printable(app.name)}: ${isReplacing ? `${app.tokens} tokens` : change(app)}`),
    ...(isReplacing ? removes.map((name) => `  ${printable(name)}: would be removed`) : []),
    'Nothing was changed.',
  ].join('\n');
}

function change({ isKnown, tokens, adds, differs }: BackupApp): string {
  if (!isKnown) return `new, ${tokens} ${tokens === 1 ? 'token' : 'tokens'}`;
  if (adds.length + differs.length === 0) return 'there already';
  return `${adds.length} to add, ${differs.length} with another content, which would be kept beside`;
}

function counted({ apps, tokens }: { readonly apps: number; readonly tokens: number }): string {
  return `${apps} ${apps === 1 ? 'app' : 'apps'} and ${tokens} ${tokens === 1 ? 'token' : 'tokens'}`;
}
