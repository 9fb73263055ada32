import { z } from 'zod';
import { AppError } from '../../../shared/app-error.ts';
import type { RunSummary } from '../../../shared/collections/run.ts';
import { htmlReport } from './html-report.ts';
import { junitReport } from './junit-report.ts';

const REPORT_KINDS = ['junit', 'json', 'html'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportTarget {
  readonly kind: ReportKind;
  readonly file: string;
}

/** Reads `junit:report.xml`. @throws AppError `INVALID_INPUT` */
export function parseReportTarget(text: string): ReportTarget {
  const colon = text.indexOf(':');
  const kind = z.enum(REPORT_KINDS).safeParse(text.slice(0, colon));
  if (kind.success && text.length > colon + 1) return { kind: kind.data, file: text.slice(colon + 1) };
  throw new AppError(
    'INVALID_INPUT',
    'A report is written as kind:file, such as junit:report.xml. Kinds are junit, json and html.',
    { path: 'reporter' },
  );
}

export function reportText(kind: ReportKind, summary: RunSummary): string {
  switch (kind) {
    case 'junit':
      return junitReport(summary);
    case 'html':
      return htmlReport(summary);
    case 'json':
      return `${JSON.stringify(summary, null, 2)}\n`;
  }
}
