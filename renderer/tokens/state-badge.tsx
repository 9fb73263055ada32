import { describeTokenState, type TokenState } from '../../shared/tokens/token-state.ts';
import { Badge } from '../ui/banner.tsx';

interface StateBadgeProps {
  readonly state: TokenState;
  /** Where there is little room, before other words: what needs nobody is words alone. */
  readonly isSparing?: boolean;
}

/** A token's state in words; the colour only repeats it. */
export function StateBadge({ state, isSparing = false }: StateBadgeProps) {
  const tone = {
    compromised: 'bad',
    expired: 'bad',
    refused: 'bad',
    expiring: state.kind === 'expiring' && state.isUrgent ? 'bad' : 'warn',
    retired: 'warn',
    'needs-sign-in': 'warn',
    renews: 'good',
    valid: 'good',
    'never-expires': undefined,
    unknown: undefined,
  } as const;
  const shown = tone[state.kind];
  const words = describeTokenState(state);
  if (isSparing && (shown === undefined || shown === 'good')) return <span>{words} ·</span>;
  return <Badge tone={shown}>{words}</Badge>;
}
