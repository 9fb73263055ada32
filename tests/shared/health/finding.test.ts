import { describe, expect, it } from 'vitest';
import { countBySeverity, type Finding } from '../../../shared/health/finding.ts';

const finding = (severity: Finding['severity'], isDismissed = false): Finding => ({
  id: 'x',
  kind: 'unused',
  severity,
  appId: 'x',
  app: 'Phone',
  tokenId: null,
  token: null,
  title: 'x',
  advice: 'x',
  isDismissed,
});

describe('findings', () => {
  it('are counted by how much harm can come of them, without those that are let be', () => {
    const findings = [
      finding('high'),
      finding('low'),
      finding('low'),
      finding('low', true),
      finding('medium', true),
    ];
    expect(countBySeverity(findings)).toEqual({ high: 1, medium: 0, low: 2 });
  });
});
