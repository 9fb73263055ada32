import { describe, expect, it } from 'vitest';
import { appsFoundIn, filterFindings, groupFindings } from '../../../renderer/health/finding-groups.ts';
import { FINDING_SEVERITY, type Finding, type FindingKind } from '../../../shared/health/finding.ts';

function finding(kind: FindingKind, token: string, given: Partial<Finding> = {}): Finding {
  return {
    id: `${kind}:${token}`,
    kind,
    severity: FINDING_SEVERITY[kind],
    appId: 'phone',
    app: 'Phone',
    tokenId: token,
    token,
    title: `${token} could be better.`,
    advice: `What to do about ${kind}.`,
    isDismissed: false,
    ...given,
  };
}

describe('findings in groups', () => {
  it('are one group a kind, in the order in which they come', () => {
    const groups = groupFindings([finding('expired', 'a'), finding('unused', 'b'), finding('expired', 'c')]);
    expect(groups.map(({ kind, findings }) => [kind, findings.map(({ token }) => token)])).toEqual([
      ['expired', ['a', 'c']],
      ['unused', ['b']],
    ]);
  });

  it('share an advice where it is the same for all of them', () => {
    const [expired, twice] = groupFindings([
      finding('expired', 'a'),
      finding('expired', 'b'),
      finding('same-value', 'c'),
      finding('same-value', 'd', { advice: 'Another.' }),
    ]);
    expect(expired?.advice).toBe('What to do about expired.');
    expect(twice?.advice).toBeNull();
  });
});

describe('findings that are sought', () => {
  const all = [
    finding('expired', 'main'),
    finding('expired', 'other', { appId: 'billing', app: 'Billing' }),
    finding('expired', 'main of billing', { appId: 'billing', app: 'Billing' }),
  ];
  const found = (search: string, appId: string | null = null) =>
    filterFindings(all, search, appId).map(({ token }) => token);

  it('are all where nothing is sought', () => {
    expect(filterFindings(all, ' ', null)).toBe(all);
  });

  it('are found by their token and by their app, in any case', () => {
    expect(found('MAIN')).toEqual(['main', 'main of billing']);
    expect(found(' phone')).toEqual(['main']);
  });

  it('are those of an app alone', () => {
    expect(found('', 'billing')).toEqual(['other', 'main of billing']);
    expect(found('main', 'billing')).toEqual(['main of billing']);
  });

  it('name their apps once, in order', () => {
    expect(appsFoundIn(all).map(({ name }) => name)).toEqual(['Billing', 'Phone']);
  });
});
