import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { reportText } from '../../../../core/runs/reports/report.ts';
import type { RunSummary } from '../../../../shared/collections/run.ts';

/** A run with one request that found no answer, whose texts are hostile or odd. */
function summaryWith(text: string): RunSummary {
  return {
    collection: text,
    startedAt: '2026-11-24T12:00:00.000Z',
    durationMs: 1234.5,
    passed: 0,
    failed: 0,
    errors: 1,
    cancelled: false,
    results: [
      {
        path: 'folder/request.yml',
        name: text,
        method: 'GET',
        url: text,
        outcome: 'error',
        response: null,
        error: { code: 'NETWORK_RESET', message: text },
        durationMs: 12,
      },
    ],
  };
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
});

describe('a report', () => {
  it('as JUnit gives every text back as it was, whatever stands in it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab <>&"\'\n]]>--äé\u{1f600}'), minLength: 1 });
    fc.assert(
      fc.property(text, (name) => {
        // The parser, not the report, drops space at the ends.
        fc.pre(name.trim() === name);
        const { testsuites } = parser.parse(reportText('junit', summaryWith(name)));
        const { testsuite } = testsuites;
        expect(testsuite.testcase.error.type).toBe('NETWORK_RESET');
        const decoded = String(testsuite.testcase.error.message)
          .replaceAll('&#10;', '\n')
          .replaceAll('&#39;', "'");
        expect(decoded).toBe(name);
      }),
    );
  });

  it('as HTML holds no markup but its own', () => {
    const attack = '<script>alert(1)</script><img src=x onerror="alert(2)">\u0000\u202e';
    const html = reportText('html', summaryWith(attack));
    expect(html).not.toMatch(/<script|<img/);
    for (const hidden of ['\0', '\u202e']) expect(html).not.toContain(hidden);
    expect(html).toContain("default-src 'none'");
  });

  it('counts and times what was run', () => {
    const { testsuites } = parser.parse(reportText('junit', summaryWith('x')));
    expect(testsuites).toMatchObject({ tests: '1', failures: '0', errors: '1', time: '1.234' });
    expect(testsuites.testsuite.testcase).toMatchObject({ classname: 'x.folder', time: '0.012' });
  });
});
