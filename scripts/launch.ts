import { chooseRuntime, type Runtime } from './choose-runtime.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { MAIN_BUNDLE, ROOT, STAND_IN_REGISTER } from './paths.ts';
import { runProcess } from './run-process.ts';

export interface LaunchCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** How the built app is started on a runtime. */
export function launchCommand({ executable }: Runtime, args: readonly string[]): LaunchCommand {
  if (executable === null) {
    return { command: process.execPath, args: ['--import', STAND_IN_REGISTER, MAIN_BUNDLE, ...args] };
  }
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) console.log('Running as root: Electron is started with --no-sandbox.');
  return { command: executable, args: [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...args] };
}

/** Starts the app and waits for its end. @returns its exit code */
export async function launch(args: readonly string[]): Promise<number> {
  const runtime = await chooseRuntime(process.env, true);
  const env = { ...process.env };
  if (runtime.kind === 'stand-in') {
    console.log(`Tessera runs on the stand-in: ${runtime.reason}.`);
    env.TESSERA_CHROMIUM = await ensureChromium();
  }
  const { command, args: all } = launchCommand(runtime, args);
  return runProcess(command, all, { cwd: ROOT, env, stdio: stdioFor(runtime, 'inherit') });
}

/**
 * The stand-in gets a fourth line beside the usual three: its end tells that whoever started it is gone,
 * however it went.
 */
export function stdioFor({ kind }: Runtime, each: 'inherit' | 'pipe'): ('inherit' | 'pipe' | 'ipc')[] {
  return kind === 'stand-in' ? [each, each, each, 'ipc'] : [each, each, each];
}
