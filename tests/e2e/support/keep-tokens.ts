import type { Tessera } from '../../../core/tessera.ts';
import { newTessera } from '../../support/new-tessera.ts';
import { PASSPHRASE } from '../../support/temporary-vault.ts';

export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Fills a new vault in a home before the window is opened over it. */
export async function keep(home: string, fill: (tessera: Tessera) => void): Promise<void> {
  const tessera = newTessera(home);
  await tessera.vault.create(PASSPHRASE);
  fill(tessera);
  await tessera.close();
}

/** Two apps, and tokens of the first with the ends that are given. */
export function keepEnding(home: string, ends: Readonly<Record<string, string>>): Promise<void> {
  return keep(home, ({ apps, tokens }) => {
    const { id } = apps.create({ name: 'Phone' });
    apps.create({ name: 'Other' });
    for (const [name, expiresAt] of Object.entries(ends)) {
      tokens.add(id, { name, scheme: 'bearer', secret: `the secret of ${name}`, expiresAt });
    }
  });
}
