import { AppError } from '../../shared/app-error.ts';
import { type Settings, settingsSchema } from '../../shared/settings/settings.ts';
import type { Session } from '../session.ts';
import { printable, table } from '../terminal.ts';

export async function listSettings(session: Session): Promise<undefined> {
  print(session, (await session.tessera()).settings.read());
}

export async function setSetting(session: Session, name: string, value: string): Promise<undefined> {
  const names = Object.keys(settingsSchema.shape);
  if (!names.includes(name)) {
    throw new AppError(
      'INVALID_INPUT',
      `There is no setting "${printable(name.slice(0, 100))}". There are ${names.join(', ')}.`,
      { path: 'name' },
    );
  }
  const parsed = name === 'expiryLevels' ? value.split(',').map(parseValue) : parseValue(value);
  print(session, (await session.tessera()).settings.change({ [name]: parsed }));
}

/** As JSON has it: numbers and truth values; everything else is text, for the schema to judge. */
function parseValue(text: string): unknown {
  if (text === 'never') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function print(session: Session, settings: Settings): void {
  const rows = Object.entries(settings).map(([name, value]) => [
    name,
    value === null ? 'never' : Array.isArray(value) ? value.join(',') : `${value}`,
  ]);
  session.print(settings, table(['Setting', 'Value'], rows));
}
