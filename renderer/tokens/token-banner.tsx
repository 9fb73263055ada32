import { describeTokenState, needsAttention } from '../../shared/tokens/token-state.ts';
import { useTokens } from '../api/queries.ts';
import { Banner } from '../ui/banner.tsx';
import styles from './tokens.module.css';

/** Says what has expired, or will within a week. */
export function TokenBanner({ appId }: { readonly appId: string }) {
  const { data: tokens = [] } = useTokens(appId);
  const calling = tokens.filter(({ state }) => needsAttention(state));
  if (calling.length === 0) return null;
  const isBad = calling.some(({ state }) => state.kind === 'expired');
  return (
    <div className={styles.banner}>
      <Banner tone={isBad ? 'bad' : 'warn'}>
        {calling.map(({ name, state }) => `${name}: ${describeTokenState(state)}`).join(' · ')}. Make a new
        one at the provider before requests fail.
      </Banner>
    </div>
  );
}
