import type { Token, TokenMetadata } from '../../shared/tokens/token.ts';
import type { SecretBundle } from './secret-bundle.ts';

/** What a provider has given. */
export interface Grant {
  readonly accessToken: string;
  /** `null`: the one before is still good. */
  readonly refreshToken: string | null;
  /** RFC 3339; `null`: the provider does not say. */
  readonly expiresAt: string | null;
  readonly refreshExpiresAt: string | null;
}

/** The instant so many seconds from now; `null` where the text is no number of seconds. */
export function inSeconds(text: string | undefined, now: Date): string | null {
  const seconds = Number(text ?? 'none');
  const time = now.getTime() + seconds * 1000;
  return Number.isFinite(seconds) && seconds >= 0 && time < MOST_TIME ? new Date(time).toISOString() : null;
}

/** An instant as providers write it: RFC 3339, or seconds or milliseconds since 1970. */
export function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const number = Number(text);
  const time = Number.isFinite(number)
    ? number < FIRST_MILLISECONDS
      ? number * 1000
      : number
    : Date.parse(text);
  return Number.isNaN(time) || time < 0 || time > MOST_TIME ? null : new Date(time).toISOString();
}

/** A number from here on counts milliseconds: as seconds it would be in the year 5138. */
const FIRST_MILLISECONDS = 1e11;
const MOST_TIME = Date.UTC(9999, 0);

/** The secrets of a token after a grant. The access token before is kept, so that it is still masked. */
export function bundleAfter(before: SecretBundle, grant: Grant): SecretBundle {
  const { twoFactorToken: _used, previousAccessToken: _older, ...kept } = before;
  return {
    ...kept,
    ...(before.accessToken === undefined ? {} : { previousAccessToken: before.accessToken }),
    accessToken: Buffer.from(grant.accessToken),
    ...(grant.refreshToken === null ? {} : { refreshToken: Buffer.from(grant.refreshToken) }),
  };
}

/** What is true of the token after a grant. */
export function metadataAfter(
  token: Token,
  bundle: SecretBundle,
  grant: Grant,
  now: Date,
): Partial<TokenMetadata> {
  return {
    expiresAt: grant.expiresAt,
    // With the same refresh token, its end stays the same.
    refreshExpiresAt: grant.refreshExpiresAt ?? (grant.refreshToken === null ? token.refreshExpiresAt : null),
    connectedAt: now.toISOString(),
    renewals: token.renewals + 1,
    isRenewable: isRenewable(token, bundle),
  };
}

/** Whether these secrets are what it takes to get the next access token without anybody at hand. */
export function isRenewable({ login, oauth }: Token, bundle: SecretBundle): boolean {
  if (oauth !== null) return oauth.grant === 'client-credentials' || bundle.refreshToken !== undefined;
  if (login === null) return false;
  const refreshes = login.description.refresh !== null && bundle.refreshToken !== undefined;
  return refreshes || bundle.password !== undefined;
}
