import { AppError } from '../../shared/app-error.ts';
import type { NewApp } from '../../shared/apps/app.ts';
import { sameName } from '../../shared/name.ts';
import type { PracticeAnnouncement } from '../../shared/practice/practice.ts';
import type { Apps } from '../apps/apps.ts';
import type { Tokens } from '../tokens/tokens.ts';

const APP_NAME = 'Practice';
const TOKEN_NAME = 'main';

/**
 * Keeps an app for the practice API with the token that it has just made. A practice app of an earlier
 * start is brought up to date: port and token are new each time.
 *
 * @returns the app's id
 */
export function keepPracticeApp(
  { apps, tokens }: { readonly apps: Apps; readonly tokens: Tokens },
  { url, tokens: made }: PracticeAnnouncement,
): string {
  const token = made.find(({ provider, scheme }) => provider === 'sipgate' && scheme === 'basic');
  if (token?.tokenId === undefined) {
    throw new AppError('PRACTICE_FAILED', 'The practice API made no sipgate token.');
  }
  const place: Pick<NewApp, 'provider' | 'baseUrl' | 'allowedOrigins'> = {
    provider: 'sipgate',
    baseUrl: token.baseUrl,
    allowedOrigins: [new URL(url).origin],
  };
  const known = apps.list().find(({ name }) => sameName(name, APP_NAME));
  const app = known === undefined ? apps.create({ name: APP_NAME, ...place }) : apps.update(known.id, place);
  const old = tokens.list(app.id).find(({ name }) => sameName(name, TOKEN_NAME));
  if (old !== undefined) tokens.remove({ appId: app.id, tokenId: old.id });
  tokens.add(app.id, {
    name: TOKEN_NAME,
    scheme: 'basic',
    tokenId: token.tokenId,
    secret: token.secret,
    scopes: ['account:read'],
    notes: 'Made by the practice API. It works until the practice API stops.',
  });
  return app.id;
}
