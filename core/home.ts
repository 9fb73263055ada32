import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Tessera keeps its files unless told otherwise: the folder that the system has for it. */
function defaultHome(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'tessera');
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'tessera');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'tessera');
}

/** The home that was chosen: `--home DIR` or `--home=DIR`, then `TESSERA_HOME`, then the system's folder. */
export function homeFrom(argv: readonly string[], env: Environment): string {
  const index = argv.indexOf('--home');
  const separate = index === -1 ? undefined : argv[index + 1];
  const joined = argv.find((argument) => argument.startsWith('--home='))?.slice('--home='.length);
  const chosen = separate ?? joined ?? env.TESSERA_HOME;
  return chosen === undefined || chosen === '' ? defaultHome(env) : resolve(chosen);
}
