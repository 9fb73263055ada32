import type { App } from '../../shared/apps/app.ts';
import type { Token, TokenCheck, TokenListItem } from '../../shared/tokens/token.ts';
import { isEndKnown, type TokenState } from '../../shared/tokens/token-state.ts';

/** A token as `--json` shows it. There is no secret in it. */
export interface ListedToken {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly scheme: Token['scheme'];
  readonly provider: App['provider'];
  readonly field: string | null;
  readonly tokenId: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  /** `false`: nobody has said when it expires; without an `expiresAt`, `true` says that it never does. */
  readonly isExpiryKnown: boolean;
  readonly state: TokenState['kind'];
  /** Days begun until it expires; `null` where it has, or never does. */
  readonly daysLeft: number | null;
  readonly notes: string;
  readonly actsAs: Token['actsAs'];
  readonly createdAt: string;
  readonly rotatedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly compromisedAt: string | null;
  /** A retired value is kept until then. */
  readonly retiresAt: string | null;
  /** Id of the token that has taken its place. */
  readonly replacedBy: string | null;
  /** What asking the provider has shown. */
  readonly check: TokenCheck | null;
  /** `login`, `oauth2`: when the access token was got; `null`: there is none. */
  readonly connectedAt: string | null;
  readonly refreshExpiresAt: string | null;
  readonly isRenewable: boolean;
}

/** @param token with its state by the levels that are set */
export function listedToken(token: TokenListItem, app: App): ListedToken {
  const { id, name, scheme, field, tokenId, scopes, expiresAt, notes, actsAs, createdAt } = token;
  const { rotatedAt, lastUsedAt, compromisedAt, retiresAt, replacedBy, check } = token;
  const { connectedAt, refreshExpiresAt, isRenewable, state } = token;
  return {
    id,
    name,
    app: app.name,
    scheme,
    provider: token.provider ?? app.provider,
    field,
    tokenId,
    scopes,
    expiresAt,
    isExpiryKnown: isEndKnown(token),
    state: state.kind,
    daysLeft: 'daysLeft' in state ? state.daysLeft : null,
    notes,
    actsAs,
    createdAt,
    rotatedAt,
    lastUsedAt,
    compromisedAt,
    retiresAt,
    replacedBy,
    check,
    connectedAt,
    refreshExpiresAt,
    isRenewable,
  };
}
