import type { JwtClaims } from '../../shared/tokens/jwt.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import type { Introspection } from '../oauth/introspection.ts';
import type { TokenFacts, Verdict } from '../providers/provider.ts';
import { instantText } from './instant-text.ts';

/** What was found out about a token, and how it is said. */
export interface WordedFacts {
  readonly verdict: Verdict;
  readonly facts: TokenFacts;
  /** Sentences. */
  readonly message: string;
}

/** What an authorization server says, as a check says it. */
export function readIntrospection({ isActive, identity, expiresAt, scopes }: Introspection): WordedFacts {
  if (!isActive) {
    return {
      verdict: 'refused',
      facts: {},
      message:
        'The authorization server says that it is not active: it has expired, was revoked, or is unknown. Sign in anew.',
    };
  }
  return {
    verdict: 'accepted',
    facts: {
      ...(identity === null ? {} : { identity }),
      ...(expiresAt === null ? {} : { expiresAt }),
      ...(scopes === null ? {} : { scopes }),
    },
    message: 'The authorization server says that it is active.',
  };
}

/** What a JWT says of itself, where nobody can be asked: enough to refuse it, never enough to accept it. */
export function readClaims({ expiresAt, notBefore, scopes }: JwtClaims, now: Date): WordedFacts {
  const facts = {
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(scopes.length === 0 ? {} : { scopes }),
  };
  if (expiresAt !== null && hasExpired(expiresAt, now)) {
    return {
      verdict: 'refused',
      facts,
      message: `By its own words, this JWT ended on ${instantText(expiresAt)}.`,
    };
  }
  const isEarly = notBefore !== null && Date.parse(notBefore) > now.getTime();
  const when = isEarly
    ? `By its own words, this JWT does not work before ${instantText(notBefore)}`
    : expiresAt === null
      ? 'This JWT names no end'
      : `By its own words, this JWT works until ${instantText(expiresAt)}`;
  return {
    verdict: 'unclear',
    facts,
    message: `${when}. Nobody was asked: set a request for the check to learn whether it is accepted.`,
  };
}
