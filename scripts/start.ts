import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { homeFrom } from '../core/home.ts';
import { hasDisplay } from './choose-runtime.ts';
import { launch } from './launch.ts';
import { openWindow } from './open-window.ts';
import { binary, MAIN_BUNDLE, ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';
import { runTour } from './tour.ts';

/** `npm start [-- --headless --screenshot FILE]` */
const { values } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    screenshot: { type: 'string' },
    home: { type: 'string' },
  },
  allowPositionals: true,
});

if (!existsSync(MAIN_BUNDLE))
  await runProcess(binary('vite'), ['build', '--app', '--logLevel', 'warn'], { cwd: ROOT });
if (values.headless || values.screenshot !== undefined) await takeScreenshot(values.screenshot);
else if (hasDisplay()) process.exitCode = await launch(process.argv.slice(2));
else {
  console.log(
    'There is no display here, so the window cannot be shown. This is a tour of it instead, with pictures in tour/.',
  );
  console.log('The command line works without a display: npm run -s tessera -- --help\n');
  await runTour();
}

async function takeScreenshot(file: string | undefined): Promise<void> {
  const home = homeFrom(values.home === undefined ? [] : ['--home', values.home], process.env);
  const window = await openWindow({ home });
  await window.page.getByRole('main').first().waitFor();
  if (file !== undefined) {
    await window.page.screenshot({ path: file });
    console.log(`The window as it opens: ${file}`);
  }
  await window.close();
}
