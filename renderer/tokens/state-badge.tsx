import { describeTokenState, type TokenState } from '../../shared/tokens/token-state.ts';
import { Badge } from '../ui/banner.tsx';

/** A token's state in words; the colour only repeats it. */
export function StateBadge({ state }: { readonly state: TokenState }) {
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
  } as const;
  return <Badge tone={tone[state.kind]}>{describeTokenState(state)}</Badge>;
}
