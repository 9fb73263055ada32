import { AppError } from '../../shared/app-error.ts';
import { sameName } from '../../shared/name.ts';
import type { PracticeAnnouncement, PracticeToken } from '../../shared/practice/practice.ts';
import type { ProviderId } from '../../shared/providers/provider.ts';
import type { NewToken } from '../../shared/tokens/token.ts';
import type { Apps } from '../apps/apps.ts';
import { PORTSIP_LOGINS } from '../providers/portsip-logins.ts';
import { providerOf } from '../providers/providers.ts';
import type { Tokens } from '../tokens/tokens.ts';

const TOKEN_NAME = 'main';
const NOTES = 'Made by the practice API. It works until the practice API stops.';

/** Whose documents the practice API follows, in the order of their apps; what is opened first comes first. */
const PRACTISED = ['sipgate', 'virtuozzo', 'portsip', 'airfocus'] as const satisfies readonly ProviderId[];

/**
 * Keeps an app for each provider of the practice API, with a token that works. Apps of an earlier start are
 * brought up to date: port and tokens are new each time.
 *
 * @returns the id of the first app
 */
export function keepPracticeApps(
  vault: { readonly apps: Apps; readonly tokens: Tokens },
  announcement: PracticeAnnouncement,
): string {
  const ids = PRACTISED.map((provider) => keepPracticeApp(provider, vault, announcement));
  return ids[0] ?? '';
}

function keepPracticeApp(
  provider: ProviderId,
  { apps, tokens }: { readonly apps: Apps; readonly tokens: Tokens },
  announcement: PracticeAnnouncement,
): string {
  const announced = announcement.tokens.find((token) => token.provider === provider);
  if (announced === undefined) {
    throw new AppError('PRACTICE_FAILED', `The practice API made no token of ${provider}.`);
  }
  const name = `Practice ${providerOf(provider)?.name ?? provider}`;
  const place = {
    provider,
    baseUrl: announced.baseUrl,
    allowedOrigins: [new URL(announcement.url).origin],
    defaultToken: TOKEN_NAME,
  };
  const known = apps.list().find((app) => sameName(app.name, name));
  const app = known ?? apps.create({ name, provider });
  const old = tokens.list(app.id).find((token) => sameName(token.name, TOKEN_NAME));
  if (old !== undefined) tokens.remove({ appId: app.id, tokenId: old.id });
  const notes = notesOf(provider, announcement);
  tokens.add(app.id, { ...credentialOf(announced, announcement), name: TOKEN_NAME, notes });
  apps.update(app.id, place);
  return app.id;
}

/** Virtuozzo wants the account's password with each change of a token, and nobody could know the practised one. */
function notesOf(provider: ProviderId, { logins }: PracticeAnnouncement): string {
  const account = logins.find((login) => login.provider === provider);
  if (provider !== 'virtuozzo' || account === undefined) return NOTES;
  return `${NOTES} To change tokens, the password of the account is: ${account.password}`;
}

type PracticeCredential = Pick<NewToken, 'scheme' | 'secret' | 'tokenId' | 'field' | 'scopes' | 'login'>;

function credentialOf(token: PracticeToken, { logins }: PracticeAnnouncement): PracticeCredential {
  switch (token.provider) {
    case 'sipgate':
      return {
        scheme: 'basic',
        tokenId: token.tokenId ?? null,
        secret: token.secret,
        scopes: ['account:read'],
      };
    case 'virtuozzo':
      return { scheme: 'query', field: token.field ?? 'session', secret: token.secret };
    case 'portsip':
      return portsipLogin(logins) ?? { scheme: 'bearer', secret: token.secret };
    default:
      return { scheme: 'bearer', secret: token.secret };
  }
}

/** Its access tokens last for half an hour: a login renews them by itself. */
function portsipLogin(logins: PracticeAnnouncement['logins']): PracticeCredential | null {
  const login = logins.find(({ provider, twoFactor }) => provider === 'portsip' && twoFactor !== true);
  const [preset] = PORTSIP_LOGINS;
  if (login === undefined || preset === undefined) return null;
  const { username, password, domain = '' } = login;
  return {
    scheme: 'login',
    secret: password,
    login: { description: preset.description, username, domain, keepsPassword: true },
  };
}
