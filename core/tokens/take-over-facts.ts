import { DAY_MS } from '../../shared/day-ms.ts';
import { sameScopes } from '../../shared/tokens/provider-values.ts';
import { isObtained, type Token, type TokenMetadata } from '../../shared/tokens/token.ts';
import type { TokenFacts } from '../providers/provider.ts';
import { instantText } from './instant-text.ts';

const SHOWN_SCOPES = 20;

/** What a check changes in a token, and what is to be said of it. */
export interface TakenOver {
  readonly changes: Partial<Pick<TokenMetadata, 'expiresAt' | 'isExpiryKnown' | 'scopes' | 'remoteId'>>;
  /** Sentences. */
  readonly remarks: readonly string[];
}

/**
 * What the provider says of a token goes into it, by one rule: **what somebody typed stays**, unless they want
 * the provider's values in its place (`replacesTyped`). Taken over is
 * what fills a gap, what takes the place of something that an earlier check had read, and an expiry less than
 * a day from the one that was typed, because a date alone is less exact. Anything else is only said.
 */
export function takeOverFacts(token: Token, facts: TokenFacts, replacesTyped = false): TakenOver {
  // Such a token gets its expiry with each access token.
  const parts = [
    ...(isObtained(token) ? [] : [takeOverExpiry(token, facts, replacesTyped)]),
    takeOverScopes(token, facts, replacesTyped),
  ];
  return {
    changes: Object.assign(
      facts.remoteId === undefined ? {} : { remoteId: facts.remoteId },
      ...parts.map(({ changes }) => changes),
    ),
    remarks: parts.flatMap(({ remarks }) => remarks),
  };
}

const NOTHING: TakenOver = { changes: {}, remarks: [] };

function takeOverExpiry(token: Token, facts: TokenFacts, replacesTyped: boolean): TakenOver {
  const { expiresAt, isExpiryKnown, check } = token;
  if (facts.expiresAt === undefined) return NOTHING;
  const said = facts.expiresAt === 'never' ? null : facts.expiresAt;
  if (said === expiresAt && (said !== null || isExpiryKnown)) return NOTHING;
  const wasRead = expiresAt === null || expiresAt === check?.expiresAt;
  if (replacesTyped || wasRead || isClose(said, expiresAt)) {
    const remark =
      said !== null
        ? `Its expiry was taken over: ${instantText(said)}.`
        : expiresAt === null
          ? 'It never expires.'
          : 'It has no end any more.';
    return { changes: { expiresAt: said, isExpiryKnown: true }, remarks: [remark] };
  }
  const sentence = said === null ? 'that it never expires' : `that it expires on ${instantText(said)}`;
  return {
    changes: {},
    remarks: [`The provider says ${sentence}. The date that was typed stays: ${instantText(expiresAt)}.`],
  };
}

function isClose(said: string | null, typed: string | null): boolean {
  if (said === null || typed === null) return false;
  return Math.abs(Date.parse(said) - Date.parse(typed)) < DAY_MS;
}

function takeOverScopes({ scopes, check }: Token, facts: TokenFacts, replacesTyped: boolean): TakenOver {
  const said = facts.scopes;
  if (said === undefined || sameScopes(said, scopes)) return NOTHING;
  const wasRead = check?.scopes != null && sameScopes(scopes, check.scopes);
  if (replacesTyped || scopes.length === 0 || wasRead) {
    return { changes: { scopes: [...said] }, remarks: ['Its scopes were taken over.'] };
  }
  const first = said.slice(0, SHOWN_SCOPES).join(', ');
  const list = said.length === 0 ? 'none' : said.length > SHOWN_SCOPES ? `${first} and others` : first;
  return {
    changes: {},
    remarks: [`The provider says that its scopes are: ${list}. Those that were typed stay.`],
  };
}
