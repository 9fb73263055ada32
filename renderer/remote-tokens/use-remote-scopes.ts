import { useQuery } from '@tanstack/react-query';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { tessera, unwrap } from '../api/tessera.ts';

/**
 * The provider with the scopes that it says at the moment; until then, and where it cannot be asked, with the
 * documented ones.
 */
export function useRemoteScopes(appId: string, provider: ProviderSummary, by: string | null) {
  const { data, error } = useQuery({
    queryKey: ['remoteScopes', appId, by],
    queryFn: ({ signal }) => {
      const callId = crypto.randomUUID();
      signal.addEventListener('abort', () => void tessera.remoteTokens.cancel({ callId }));
      return unwrap(tessera.remoteTokens.scopes({ callId, appId, authority: { by } }));
    },
    gcTime: 0,
  });
  return { provider: data === undefined ? provider : { ...provider, scopes: data }, error };
}
