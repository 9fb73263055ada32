import { DAY_MS } from '../../shared/day-ms.ts';
import type { FindingKind } from '../../shared/health/finding.ts';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';

/** Longer than a quarter: what is used once in a while is used by then. */
const UNUSED_DAYS = 90;

/** Scopes that allow whatever the account may do, as providers call them. */
const BROAD_SCOPES: ReadonlySet<string> = new Set([
  '*',
  'all',
  'admin',
  'full',
  'full-access',
  'full_access',
  'root',
  'superuser',
]);

export interface Observation {
  readonly kind: FindingKind;
  readonly title: string;
  readonly advice: string;
}

/** What can be said of a token by itself. */
export function tokenFindings(token: TokenListItem, now: Date): Observation[] {
  switch (token.state.kind) {
    case 'compromised':
      return [
        {
          kind: 'compromised',
          title: `${token.name} is marked as compromised.`,
          advice: 'Revoke it at the provider, then rotate or remove it here.',
        },
      ];
    case 'retired':
      return overdueOf(token, now);
    case 'refused':
      return [
        {
          kind: 'refused',
          title: `The provider refused ${token.name} when it was last asked.`,
          advice: 'Check it again. If it is still refused, make a new one there and rotate it.',
        },
      ];
    case 'expired':
      return [
        {
          kind: 'expired',
          title: `${token.name} has expired.`,
          advice: 'Make a new one at the provider and rotate it, or remove it if nothing needs it.',
        },
      ];
    default:
      return [...broadScopeOf(token), ...noExpiryOf(token), ...unusedOf(token, now)];
  }
}

function overdueOf({ name, retiresAt }: TokenListItem, now: Date): Observation[] {
  if (retiresAt === null || Date.parse(retiresAt) > now.getTime()) return [];
  return [
    {
      kind: 'retired-overdue',
      title: `${name} was replaced, and its overlap is over.`,
      advice: 'Revoke it at the provider, where it may still work, and remove it here.',
    },
  ];
}

function broadScopeOf({ name, scopes }: TokenListItem): Observation[] {
  const broad = scopes.find((scope) => BROAD_SCOPES.has(scope.toLowerCase()));
  if (broad === undefined) return [];
  return [
    {
      kind: 'broad-scope',
      title: `${name} may do everything: it has the scope ${broad}.`,
      advice: 'Make one with only the scopes that are needed, and rotate it.',
    },
  ];
}

function noExpiryOf(token: TokenListItem): Observation[] {
  if (token.expiresAt !== null || isObtained(token)) return [];
  if (token.isExpiryKnown) {
    return [
      {
        kind: 'no-expiry',
        title: `${token.name} never expires.`,
        advice: 'Choose an expiry at the provider where it offers one: what leaks then ends by itself.',
      },
    ];
  }
  return [
    {
      kind: 'unknown-expiry',
      title: `Nobody has said when ${token.name} expires.`,
      advice:
        'Check it: some providers say. Or look it up at the provider and edit the token, to be warned in time.',
    },
  ];
}

function unusedOf({ name, lastUsedAt, createdAt }: TokenListItem, now: Date): Observation[] {
  const last = Date.parse(lastUsedAt ?? createdAt);
  if (now.getTime() - last < UNUSED_DAYS * DAY_MS) return [];
  return [
    {
      kind: 'unused',
      title: `${name} was not used by Tessera for ${Math.floor((now.getTime() - last) / DAY_MS)} days.`,
      advice: 'If nothing else uses it either, revoke it at the provider and remove it.',
    },
  ];
}
