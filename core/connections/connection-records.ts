import type { ConnectionSettings } from '../../shared/connections/connection-settings.ts';

/** Ids of the sealed secrets that belong to these settings. */
export function connectionRecords({ proxyPasswordId, clientCertificate }: ConnectionSettings): string[] {
  const ids = [proxyPasswordId, clientCertificate?.recordId, clientCertificate?.passphraseId];
  return ids.flatMap((id) => id ?? []);
}
