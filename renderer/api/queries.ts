import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { readColumnText } from '../../shared/column-text.ts';
import { countBySeverity, type Finding, keyOfFinding } from '../../shared/health/finding.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { type KnownTokens, withListing } from '../tokens/known-tokens.ts';
import { tessera, unwrap } from './tessera.ts';

/** The main process is asked again when it says that something changed, not by the clock. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
  },
});

export const useVaultStatus = () =>
  useQuery({ queryKey: ['vault'], queryFn: () => unwrap(tessera.vault.status()) });
const apps = queryOptions({ queryKey: ['apps'], queryFn: () => unwrap(tessera.apps.list()) });
export const useApps = () => useQuery(apps);
export const useProviders = () =>
  useQuery({ queryKey: ['providers'], queryFn: () => unwrap(tessera.providers.list()) });
export const useSettings = () =>
  useQuery({ queryKey: ['settings'], queryFn: () => unwrap(tessera.settings.read()) });

const tokens = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ client, queryKey }) => {
    const known = client.getQueryData<KnownTokens>(queryKey);
    return withListing(known, await unwrap(tessera.tokens.list({ since: known?.revision ?? 0 })));
  },
  // What is as it was is the same already.
  structuralSharing: false,
});

const NO_TOKENS: readonly TokenListItem[] = [];

/** Of one app, or of all with `null`. The main process says when time has changed their states. */
export const useTokens = (appId: string | null) => {
  const select = useCallback(
    ({ all, ofApps }: KnownTokens) => (appId === null ? all : (ofApps.get(appId) ?? NO_TOKENS)),
    [appId],
  );
  return useQuery({ ...tokens, select });
};

/** Asks for what an open vault shows first, so that the main process lists it while the window is made. */
export function fetchFirst(): void {
  void queryClient.prefetchQuery(apps);
  void queryClient.prefetchQuery(tokens);
}

const healthReport = queryOptions({
  queryKey: ['health', 'report'],
  queryFn: async () => {
    const { findings, ...looked } = await unwrap(tessera.health.report());
    return { ...looked, findings: readColumnText(findings) };
  },
});

/** What could be better. */
export const useHealth = () => useQuery(healthReport);

/** To know what could be better takes comparing all secrets: whoever acts at once is not kept waiting by it. */
const HEALTH_PAUSE_MS = 1_000;

const healthCounts = queryOptions({
  queryKey: ['health', 'counts'],
  queryFn: async () => {
    await new Promise((resolve) => setTimeout(resolve, HEALTH_PAUSE_MS));
    return unwrap(tessera.health.counts());
  },
});

/** How much could be better. */
export const useHealthCounts = () => {
  const { isSuccess } = useTokens(null);
  return useQuery({ ...healthCounts, enabled: isSuccess });
};

/** Shows findings as dismissed, or not, before the main process has written it. */
export async function showDismissed(dismissed: readonly Finding[], isDismissed: boolean): Promise<void> {
  // What is on its way was found before.
  await queryClient.cancelQueries({ queryKey: healthReport.queryKey });
  const keys = new Set(dismissed.map(keyOfFinding));
  const report = queryClient.setQueryData(
    healthReport.queryKey,
    (before) =>
      before && {
        ...before,
        findings: before.findings.map((finding) =>
          keys.has(keyOfFinding(finding)) ? { ...finding, isDismissed } : finding,
        ),
      },
  );
  if (report !== undefined) {
    queryClient.setQueryData(healthCounts.queryKey, countBySeverity(report.findings));
  }
}

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
