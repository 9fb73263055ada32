import { QueryClient, useQuery } from '@tanstack/react-query';
import { readJsonText } from '../../shared/json-text.ts';
import { tessera, unwrap } from './tessera.ts';

/** The main process is asked again when it says that something changed, not by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
  },
});

export const useVaultStatus = () =>
  useQuery({ queryKey: ['vault'], queryFn: () => unwrap(tessera.vault.status()) });
export const useApps = () => useQuery({ queryKey: ['apps'], queryFn: () => unwrap(tessera.apps.list()) });
export const useProviders = () =>
  useQuery({ queryKey: ['providers'], queryFn: () => unwrap(tessera.providers.list()) });
export const useSettings = () =>
  useQuery({ queryKey: ['settings'], queryFn: () => unwrap(tessera.settings.read()) });

/** Of one app, or of all with `null`. The main process says when time has changed their states. */
export const useTokens = (appId: string | null) =>
  useQuery({
    queryKey: ['tokens', appId],
    queryFn: async () => readJsonText(await unwrap(tessera.tokens.list({ appId }))),
  });

/** What could be better. Asked again with the tokens, and after them: it compares all secrets, which takes a while. */
export const useHealth = () => {
  const { isSuccess } = useTokens(null);
  return useQuery({
    queryKey: ['health'],
    queryFn: () => unwrap(tessera.health.report()),
    enabled: isSuccess,
  });
};

export const useCollections = (appId: string) =>
  useQuery({ queryKey: ['collections', appId], queryFn: () => unwrap(tessera.collections.list({ appId })) });

export const useTree = (appId: string, collectionId: string) =>
  useQuery({
    queryKey: ['tree', collectionId],
    queryFn: () => unwrap(tessera.collections.tree({ appId, collectionId })),
  });

/** After something of `feature` was changed. */
export function refresh(
  ...features: readonly ('apps' | 'tokens' | 'health' | 'collections' | 'tree' | 'settings')[]
): void {
  for (const feature of features) void queryClient.invalidateQueries({ queryKey: [feature] });
}
