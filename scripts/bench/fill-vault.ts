import { randomUUID } from 'node:crypto';
import { Apps } from '../../core/apps/apps.ts';
import { openConfDocument } from '../../core/storage/conf-document.ts';
import { Tokens } from '../../core/tokens/tokens.ts';
import { systemKeychain } from '../../core/vault/system-keychain.ts';
import { Vault } from '../../core/vault/vault.ts';
import { type TokenMetadata, tokenMetadataSchema } from '../../shared/tokens/token.ts';

export const PASSPHRASE = 'correct horse battery staple';

const DAY_MS = 86_400_000;

interface Contents {
  readonly apps: number;
  readonly tokensAnApp: number;
}

/**
 * A new vault with as many tokens, left open; its passphrase is cheap, because how long a vault takes to open is
 * measured elsewhere.
 */
export async function fillVault(home: string, { apps, tokensAnApp }: Contents) {
  const kdf = { memoryKiB: 19 * 1024, iterations: 2, parallelism: 1 };
  const vault = new Vault({ home, openDocument: openConfDocument, keychain: systemKeychain, kdf });
  await vault.create(PASSPHRASE);
  const now = () => new Date();
  const allApps = new Apps(vault, now);
  const appIds = Array.from({ length: apps }, (_, app) => {
    const { id } = allApps.create({
      name: `App ${app}`,
      provider: 'sipgate',
      baseUrl: 'https://api.sipgate.com/v2',
    });
    vault.app(id).putAll(
      Array.from({ length: tokensAnApp }, (_each, index) => ({
        id: randomUUID(),
        kind: 'token' as const,
        metadata: metadataOf(app * tokensAnApp + index),
        secret: Buffer.from(randomUUID()),
      })),
    );
    return id;
  });
  return { vault, tokens: new Tokens(vault, now), appIds };
}

function metadataOf(number: number): TokenMetadata {
  const created = Date.now() - (number % 700) * DAY_MS;
  return tokenMetadataSchema.parse({
    name: `token ${number}`,
    scheme: number % 2 === 0 ? 'bearer' : 'basic',
    tokenId: number % 2 === 0 ? null : 'token-ABC123',
    scopes: ['account:read', 'users:read', 'history:read'].slice(0, number % 4),
    expiresAt: number % 5 === 0 ? null : new Date(Date.now() + ((number % 400) - 20) * DAY_MS).toISOString(),
    notes: `Note ${number % 97}`,
    actsAs: number % 3 === 0 ? 'bot' : 'person',
    createdAt: new Date(created).toISOString(),
  });
}
