import { attemptsOf, type RunResult, type RunSummary } from '../../../shared/collections/run.ts';
import { describeAttempts } from '../../../shared/requests/rate-limit.ts';
import { escapeMarkup } from './escape-markup.ts';

/** As Jenkins, GitLab and GitHub read it: one suite, one test case a request. */
export function junitReport(summary: RunSummary): string {
  const { collection, startedAt, durationMs, passed, failed, errors, results } = summary;
  const attributes = {
    name: collection,
    tests: passed + failed + errors,
    failures: failed,
    errors,
    time: seconds(durationMs),
  };
  const suite = { ...attributes, timestamp: startedAt.slice(0, 19) };
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites${write(attributes)}>
  <testsuite${write(suite)}>
${results.map((result) => testCase(collection, result)).join('\n')}
  </testsuite>
</testsuites>
`;
}

function testCase(collection: string, result: RunResult): string {
  const folder = result.path.split('/').slice(0, -1).join('.');
  const attributes = {
    name: `${result.method} ${result.name}`,
    classname: folder === '' ? collection : `${collection}.${folder}`,
    file: result.path,
    time: seconds(result.durationMs),
  };
  const content = `${outcomeOf(result)}${triesOf(result)}`;
  return content === ''
    ? `    <testcase${write(attributes)}/>`
    : `    <testcase${write(attributes)}>\n${content}    </testcase>`;
}

function outcomeOf({ outcome, response, error }: RunResult): string {
  if (outcome === 'passed') return '';
  if (outcome === 'error') {
    return `      <error${write({ type: error?.code ?? 'UNEXPECTED', message: error?.message ?? '' })}/>\n`;
  }
  const failed = response?.assertions.filter(({ passed }) => !passed).map(({ message }) => message) ?? [];
  const messages = failed.length === 0 ? [`status ${response?.status ?? 'unknown'}`] : failed;
  return messages.map((message) => `      <failure${write({ type: 'assertion', message })}/>\n`).join('');
}

function triesOf(result: RunResult): string {
  const tries = describeAttempts(attemptsOf(result));
  return tries === '' ? '' : `      <system-out>${escapeMarkup(tries)}</system-out>\n`;
}

function write(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join('');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
