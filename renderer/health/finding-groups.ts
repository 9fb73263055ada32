import {
  FINDING_SEVERITY,
  type Finding,
  type FindingKind,
  type Severity,
} from '../../shared/health/finding.ts';
import { compareNames } from '../../shared/name.ts';

/** What a kind is called where several of it are listed together. */
const KIND_TITLES: Readonly<Record<FindingKind, string>> = {
  compromised: 'Compromised',
  'plaintext-origin': 'Unencrypted origins',
  'unverified-certificates': 'Certificates not verified',
  'same-value': 'Same value',
  refused: 'Refused by the provider',
  expired: 'Expired',
  'retired-overdue': 'Overlap is over',
  'broad-scope': 'May do everything',
  'wildcard-origin': 'Origins with any host',
  'no-expiry': 'Never expire',
  'unknown-expiry': 'Expiry not known',
  unused: 'Not used',
};

/** Findings of one kind. */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly title: string;
  readonly severity: Severity;
  /** What to do about each of them; `null`: they differ in it. */
  readonly advice: string | null;
  /** Never empty. */
  readonly findings: readonly Finding[];
}

/** In the order in which the findings come. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  return [...Map.groupBy(findings, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    title: KIND_TITLES[kind],
    severity: FINDING_SEVERITY[kind],
    advice: sharedAdvice(ofKind),
    findings: ofKind,
  }));
}

function sharedAdvice(findings: readonly Finding[]): string | null {
  const advice = findings[0]?.advice;
  return advice !== undefined && findings.every((each) => each.advice === advice) ? advice : null;
}

/** @param search in what is said, the token's name among it, and in the name of the app @param appId `null`: of any */
export function filterFindings(
  findings: readonly Finding[],
  search: string,
  appId: string | null,
): readonly Finding[] {
  const sought = search.trim().toLowerCase();
  if (sought === '' && appId === null) return findings;
  return findings.filter(
    (finding) =>
      (appId === null || finding.appId === appId) &&
      (sought === '' || `${finding.title} ${finding.app}`.toLowerCase().includes(sought)),
  );
}

/** The apps that something was found in, by name. */
export function appsFoundIn(
  findings: readonly Finding[],
): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(findings.map(({ appId, app }) => [appId, app]));
  return [...names].map(([id, name]) => ({ id, name })).sort(compareNames);
}
