import { randomUUID } from 'node:crypto';
import { tokenMetadataSchema } from '../../../shared/tokens/token.ts';
import { keep } from './keep-tokens.ts';

/** How many findings there are of each kind, in a vault of two apps with as many tokens. */
export interface KeptFindings {
  readonly expired: number;
  readonly neverExpiring: number;
}

/** Fills a new vault with tokens, each of which Health has something to say of: "gone 0" and "endless 0" and so on. */
export function keepFindings(home: string, { expired, neverExpiring }: KeptFindings): Promise<void> {
  const record = (name: string, expiresAt: string | null) => ({
    id: randomUUID(),
    kind: 'token' as const,
    metadata: tokenMetadataSchema.parse({
      name,
      scheme: 'bearer',
      expiresAt,
      createdAt: new Date().toISOString(),
    }),
    secret: Buffer.from(`the secret of ${name}`),
  });
  return keep(home, ({ apps, vault }) => {
    const phone = apps.create({ name: 'Phone' });
    const billing = apps.create({ name: 'Billing' });
    vault
      .app(phone.id)
      .putAll(Array.from({ length: neverExpiring }, (_, index) => record(`endless ${index}`, null)));
    vault
      .app(billing.id)
      .putAll(
        Array.from({ length: expired }, (_, index) => record(`gone ${index}`, '2026-01-01T00:00:00.000Z')),
      );
  });
}
