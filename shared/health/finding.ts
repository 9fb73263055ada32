import { z } from 'zod';
import { appIdSchema } from '../apps/app.ts';
import type { ColumnText } from '../column-text.ts';

/** How much harm can come of a finding; the worst first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What can be found, and how bad it is; the worst first. */
export const FINDING_SEVERITY = {
  compromised: 'high',
  'plaintext-origin': 'high',
  'unverified-certificates': 'high',
  'same-value': 'high',
  refused: 'high',
  expired: 'medium',
  'retired-overdue': 'medium',
  'broad-scope': 'medium',
  'wildcard-origin': 'low',
  'no-expiry': 'low',
  'unknown-expiry': 'low',
  unused: 'low',
} as const satisfies Readonly<Record<string, Severity>>;
export type FindingKind = keyof typeof FINDING_SEVERITY;

/** One thing that could be better, and what to do about it. */
export interface Finding {
  /** The same as long as it is the same finding. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly appId: string;
  readonly app: string;
  /** `null`: it is about the app itself. */
  readonly tokenId: string | null;
  readonly token: string | null;
  /** A sentence. */
  readonly title: string;
  /** What to do, in a sentence or two. */
  readonly advice: string;
  /** The user has seen it and lets it be. */
  readonly isDismissed: boolean;
}

/** Tells findings apart: ids are those of their apps. */
export function keyOfFinding({ appId, id }: Finding): string {
  return `${appId} ${id}`;
}

export interface HealthReport {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** How much was looked at. */
  readonly apps: number;
  readonly tokens: number;
}

/** A report as it crosses to the window: where there are thousands of tokens, there are thousands of findings. */
export interface HealthReportText extends Omit<HealthReport, 'findings'> {
  readonly findings: ColumnText<Finding>;
}

/** How many there are of each severity that the user has not dismissed. */
export type FindingCounts = Readonly<Record<Severity, number>>;

export function countBySeverity(findings: readonly Finding[]): FindingCounts {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const { severity, isDismissed } of findings) if (!isDismissed) counts[severity] += 1;
  return counts;
}

const findingKeySchema = z.strictObject({ appId: appIdSchema, findingId: z.string().min(1).max(500) });

/** One, or all of a kind. */
export const dismissalSchema = z.strictObject({
  findings: z.array(findingKeySchema).min(1, 'no finding was chosen').max(20_000),
  isDismissed: z.boolean(),
});
export type Dismissal = z.infer<typeof dismissalSchema>;
