import { createHash } from 'node:crypto';
import { compareNames } from '../../shared/name.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { AppObservation } from './app-findings.ts';

/** As many tokens as one reads in a sentence; the rest is a number. */
const MOST_NAMED = 6;

/** Longest subject that is spelled out: it is kept with the app where the finding is dismissed. */
const SUBJECT_LENGTH = 400;

/** What can be said of tokens that hold the same secret. @param nameOf the name of an app */
export function sameValueObservation(
  group: readonly TokenListItem[],
  nameOf: (appId: string) => string,
): AppObservation {
  const isOneApp = new Set(group.map(({ appId }) => appId)).size === 1;
  return {
    kind: 'same-value',
    subject: subjectOf(group),
    title: `${namesOf(group, nameOf)} have the same value.`,
    advice: isOneApp
      ? 'Keep one of them and remove the others, so that rotating it changes all there is.'
      : 'Give each app a token of its own at the provider: what leaks from one must not open the other.',
  };
}

function namesOf(group: readonly TokenListItem[], nameOf: (appId: string) => string): string {
  const isLong = group.length > MOST_NAMED;
  const named = group
    .toSorted(compareNames)
    .slice(0, isLong ? MOST_NAMED - 1 : MOST_NAMED)
    .map(({ name, appId }) => `${name} of ${nameOf(appId)}`);
  const last = isLong ? `${(group.length - named.length).toLocaleString('en')} others` : (named.pop() ?? '');
  return `${named.join(', ')} and ${last}`;
}

/** Another one as soon as a token comes or goes: what was let be of two is not let be of three. */
function subjectOf(group: readonly TokenListItem[]): string {
  const ids = group
    .map(({ id }) => id.slice(0, 8))
    .sort()
    .join('+');
  return ids.length <= SUBJECT_LENGTH ? ids : createHash('sha256').update(ids).digest('base64url');
}
