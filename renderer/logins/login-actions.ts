import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';

/** What can be done with tokens that are got by signing in. */
export interface LoginWork {
  /** Describes how a new token is got, and gets it. */
  readonly add: () => void;
  readonly connect: (token: TokenListItem) => void;
  readonly renew: (token: TokenListItem) => void;
  readonly signOut: (token: TokenListItem) => void;
  readonly describe: (token: TokenListItem) => void;
}

/** For a token's menu; none for a token that is kept as it is. */
export function loginActions(token: TokenListItem, work: LoginWork) {
  if (!isObtained(token)) return [];
  return [
    { label: 'Connect…', act: () => work.connect(token) },
    ...(token.isRenewable ? [{ label: 'Refresh now', act: () => work.renew(token) }] : []),
    ...(token.connectedAt === null ? [] : [{ label: 'Sign out', act: () => work.signOut(token) }]),
    { label: 'Edit the sign-in…', act: () => work.describe(token) },
  ];
}
