import type { ProviderId, ProviderSummary } from '../../shared/providers/provider.ts';
import type { RecognisedCredential } from '../../shared/tokens/recognised-credential.ts';
import { type Actor, isObtained, type Token, type TokenScheme } from '../../shared/tokens/token.ts';
import { SECRET_RANDOM_BYTES, type SecretShape } from '../../shared/tokens/token-value.ts';
import { expiryText } from './expiry-text.ts';

/** What stands in the editor's fields. */
export interface TokenDraft {
  readonly name: string;
  /** Empty: the app's. */
  readonly provider: ProviderId | '';
  readonly scheme: TokenScheme;
  readonly field: string;
  readonly sentIn: Token['sentIn'];
  readonly tokenId: string;
  readonly secret: string;
  readonly shape: SecretShape;
  /** As it was typed. */
  readonly expires: string;
  readonly scopes: readonly string[];
  readonly actsAs: Actor;
  readonly notes: string;
}

/** Of a secret that is made here, until somebody chooses another. */
export const USUAL_SHAPE: SecretShape = {
  alphabet: 'base64url',
  randomBytes: SECRET_RANDOM_BYTES.standard,
};

/** @param provider the app's, where it has one */
export function newDraft(provider: ProviderSummary | undefined, isFirst: boolean): TokenDraft {
  return {
    name: isFirst ? 'main' : '',
    provider: '',
    ...usualScheme(provider),
    sentIn: 'url',
    tokenId: '',
    secret: '',
    shape: USUAL_SHAPE,
    expires: '',
    scopes: [],
    actsAs: 'person',
    notes: '',
  };
}

/** @param dayEnd of the token's provider */
export function draftOf(token: Token, dayEnd: ProviderSummary['dayEnd'] | undefined): TokenDraft {
  const { name, provider, scheme, field, sentIn, tokenId, scopes, actsAs, notes } = token;
  return {
    name,
    provider: provider ?? '',
    scheme,
    field: field ?? '',
    sentIn,
    tokenId: tokenId ?? '',
    secret: '',
    shape: USUAL_SHAPE,
    expires: expiryText(token, dayEnd),
    scopes,
    actsAs,
    notes,
  };
}

/** The scheme that a provider's tokens usually have, with its field. */
export function usualScheme(provider: ProviderSummary | undefined): Pick<TokenDraft, 'scheme' | 'field'> {
  const usual = provider?.schemes.find((each) => !isObtained(each));
  return { scheme: usual?.scheme ?? 'bearer', field: usual?.field ?? '' };
}

/** What the main process is given of a draft, but for its secret and its expiry. */
export function tokenFields(draft: TokenDraft) {
  const { name, provider, scheme, field, sentIn, tokenId, scopes, actsAs, notes } = draft;
  return {
    name,
    provider: provider === '' ? null : provider,
    scheme,
    field: scheme === 'query' || scheme === 'header' ? field : null,
    sentIn: scheme === 'query' ? sentIn : ('url' as const),
    tokenId: scheme === 'basic' ? tokenId : null,
    scopes: [...scopes],
    actsAs,
    notes,
  };
}

/** A draft with what a pasted text was recognised as. */
export function withRecognised(
  draft: TokenDraft,
  found: RecognisedCredential,
  appProvider: ProviderId | null,
  dayEnd: ProviderSummary['dayEnd'] | undefined,
): TokenDraft {
  const { secret, provider, scheme, field, tokenId, expiresAt, scopes } = found;
  return {
    ...draft,
    secret,
    ...(provider === undefined ? {} : { provider: provider === appProvider ? '' : provider }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(field === undefined ? {} : { field }),
    ...(tokenId === undefined ? {} : { tokenId }),
    ...(expiresAt === undefined ? {} : { expires: expiryText({ expiresAt, isExpiryKnown: true }, dayEnd) }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}
