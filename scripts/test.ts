import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseRuntime } from './choose-runtime.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { ensureSecretService } from './ensure-secret-service.ts';
import { binary, ROOT } from './paths.ts';
import { runProcess } from './run-process.ts';

/** `npm test`: builds, then unit tests, then end-to-end tests in the real window; `--e2e` the latter only. */
const results = join(ROOT, '.cache', 'test-results');
const unitReport = join(results, 'unit.json');
const e2eReport = join(results, 'e2e.json');
mkdirSync(results, { recursive: true });

const onlyE2e = process.argv.includes('--e2e');
await ensureSecretService();
const runtime = await chooseRuntime();
const env = { ...process.env, TESSERA_CHROMIUM: await ensureChromium() };
console.log(
  `End-to-end tests use ${runtime.kind === 'electron' ? 'Electron' : 'the stand-in'}: ${runtime.reason}.`,
);

const codes = [await runProcess(binary('vite'), ['build', '--app', '--logLevel', 'warn'], { cwd: ROOT })];
if (!onlyE2e) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  codes.push(await runProcess(binary('vitest'), ['run', ...reporters], { cwd: ROOT, env }));
}
codes.push(
  await runProcess(binary('playwright'), ['test', '--reporter=list,json'], {
    cwd: ROOT,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
  }),
);

const unit = onlyE2e ? {} : readReport(unitReport);
const { stats = {} } = readReport(e2eReport) as { stats?: Record<string, number> };
const passed = count(unit.numPassedTests) + count(stats.expected);
const failed = count(unit.numFailedTests) + count(unit.numFailedTestSuites) + count(stats.unexpected);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

function readReport(path: string): Record<string, unknown> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : {};
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
