import { join } from 'node:path';
import { createServer } from 'vite';
import { chooseRuntime } from './choose-runtime.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { launchCommand } from './launch.ts';
import { binary, ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';

/** `npm run dev`: the window reloads as you type; run it again after a change of the main process. */
await runProcess(binary('vite'), ['build', '--app', '--mode', 'development', '--logLevel', 'warn'], {
  cwd: ROOT,
  env: { ...process.env, NODE_ENV: 'development' },
});
const server = await createServer({
  configFile: join(ROOT, 'vite.config.ts'),
  server: { host: '127.0.0.1' },
});
await server.listen();
const url = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:5173/';
console.log(`The window is served at ${url}`);
const { command, args } = launchCommand(await chooseRuntime(process.env, true), process.argv.slice(2));
process.exitCode = await runProcess(command, args, {
  cwd: ROOT,
  env: { ...process.env, TESSERA_DEV_SERVER: url, TESSERA_CHROMIUM: await ensureChromium() },
});
await server.close();
