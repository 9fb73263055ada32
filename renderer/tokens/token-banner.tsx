import { describeTokenState, needsAttention } from '../../shared/tokens/token-state.ts';
import { useTokens } from '../api/queries.ts';
import { TOKENS_TAB, useTabs } from '../tabs/tabs-store.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './tokens.module.css';

/** As many as one reads; the rest is a number. */
const MOST_NAMED = 3;

/** Names the tokens of an app that need attention, the first few of them. */
export function TokenBanner({ appId }: { readonly appId: string }) {
  const { data: tokens = [] } = useTokens(appId);
  const { activate, active } = useTabs();
  const calling = tokens.filter(({ state }) => needsAttention(state));
  if (calling.length === 0) return null;
  const more = Math.max(0, calling.length - MOST_NAMED);
  const isBad = calling.some(({ state }) => state.kind !== 'expiring');
  return (
    <div className={styles.banner}>
      <Banner
        tone={isBad ? 'bad' : 'warn'}
        action={
          more > 0 && active[appId] !== TOKENS_TAB ? (
            <Button onPress={() => activate(appId, TOKENS_TAB)}>Show the tokens</Button>
          ) : undefined
        }
      >
        {calling
          .slice(0, MOST_NAMED)
          .map(({ name, state }) => `${name}: ${describeTokenState(state)}`)
          .join(' · ')}
        {more > 0 && ` · and ${more} more`}. Make a new one at the provider
        {isBad ? '.' : ' before requests fail.'}
      </Banner>
    </div>
  );
}
