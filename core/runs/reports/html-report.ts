import { attemptsOf, type RunResult, type RunSummary } from '../../../shared/collections/run.ts';
import { describeAttempts } from '../../../shared/requests/rate-limit.ts';
import { escapeMarkup } from './escape-markup.ts';

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 960px; margin: 40px auto; padding: 0 16px; }
h1 { margin: 0 0 4px; font-size: 22px; }
p { margin: 0 0 24px; color: light-dark(#596070, #a0a7b4); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 8px; border-bottom: 1px solid light-dark(#dfe2e8, #2c313a); text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
.passed { color: light-dark(#1a7440, #62cd8c); }
.failed, .error { color: light-dark(#b3261e, #ff8f87); }
small { display: block; color: light-dark(#596070, #a0a7b4); }`;

const WORDS = { passed: 'passed', failed: 'failed', error: 'no answer' } as const;

/** One page that needs nothing else, runs no script and loads nothing. */
export function htmlReport(summary: RunSummary): string {
  const { collection, startedAt, durationMs, passed, failed, errors, cancelled, results } = summary;
  const title = escapeMarkup(`Run of ${collection}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${cancelled ? 'Stopped early. ' : ''}${passed} passed, ${failed} failed, ${errors} without an answer, in ${Math.round(durationMs)} ms, on <time>${escapeMarkup(startedAt)}</time></p>
<table>
<thead><tr><th scope="col">Result</th><th scope="col">Request</th><th scope="col" class="number">Status</th><th scope="col" class="number">Time</th></tr></thead>
<tbody>
${results.map(row).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function row({ outcome, method, name, path, url, response, error, durationMs }: RunResult): string {
  const checks = response?.assertions.map(({ passed, message }) => `${passed ? '✓' : '✗'} ${message}`) ?? [];
  const tries = describeAttempts(attemptsOf({ response, error }));
  const notes = [path, url, tries, ...checks, ...(error === null ? [] : [`${error.code}: ${error.message}`])];
  const small = notes
    .filter((note) => note !== '')
    .map((note) => `<small>${escapeMarkup(note)}</small>`)
    .join('');
  return `<tr><td class="${outcome}">${WORDS[outcome]}</td><td>${escapeMarkup(`${method} ${name}`)}${small}</td><td class="number">${response?.status ?? ''}</td><td class="number">${Math.round(durationMs)} ms</td></tr>`;
}
