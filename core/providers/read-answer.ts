import { parseExpiryDate } from '../../shared/tokens/expiry-date.ts';
import { instantOfSeconds } from '../../shared/tokens/jwt.ts';
import { jsonField } from './json-field.ts';
import type { Provider, ProviderAnswer, Verdict } from './provider.ts';

/** Longest name of a token at a provider that is kept. */
const ID_CHARACTERS = 500;

/** What an answer says of the token: by the provider's own rule, else by the status. */
export function judgeAnswer(provider: Provider | null, answer: ProviderAnswer): Verdict {
  if (provider?.judge !== undefined) return provider.judge(answer);
  return provider === null ? judgeUnknown(answer) : judgeByStatus(answer);
}

/** 2xx with JSON: accepted; 401: refused; 402 and 403: known, and not allowed to do this. */
export function judgeByStatus({ status, body }: ProviderAnswer): Verdict {
  if (status === 401) return 'refused';
  if (status === 402 || status === 403) return 'limited';
  // A page that greets everybody, such as that of a gateway, says nothing of the token.
  return isSuccess(status) && body !== undefined ? 'accepted' : 'unclear';
}

/** Of an API that nothing is known of, 403 may mean both. */
function judgeUnknown({ status }: ProviderAnswer): Verdict {
  if (status === 401) return 'refused';
  return isSuccess(status) ? 'accepted' : 'unclear';
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A header of the answer; `undefined` where there is none. */
export function headerOf({ headers }: ProviderAnswer, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/** A value within the JSON of an answer; `undefined` where there is none. */
export function jsonAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, name) => jsonField(current, name), value);
}

/** Characters that would break a line or turn the reading direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A text to show, in its whole length: it is to be masked before it is shortened.
 *
 * @returns `undefined` where it is no text, or empty
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.replace(INVISIBLE, '').trim().toWellFormed();
  return text === '' ? undefined : text;
}

/** By what a provider knows something; `undefined` where it is no such text. */
export function remoteIdOf(value: unknown): string | undefined {
  const id = textOf(value);
  return id !== undefined && id.length <= ID_CHARACTERS ? id : undefined;
}

/** `Ada Lovelace (ada@example.com)`, or as much of it as there is. */
export function identityOf(name: unknown, detail: unknown): string | undefined {
  const [shown, more] = [textOf(name), textOf(detail)];
  return shown === undefined ? more : more === undefined || more === shown ? shown : `${shown} (${more})`;
}

/** Facts without those that are not there. */
export function known<Facts extends object>(
  facts: Facts,
): { [Name in keyof Facts]: Exclude<Facts[Name], undefined> } {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Name in keyof Facts]: Exclude<Facts[Name], undefined> };
}

const SPACED = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) ?(UTC|[+-]\d{4})$/;

/**
 * GitHub's header `GitHub-Authentication-Token-Expiration`: `2021-10-07 19:07:53 UTC`, or with a numeric
 * offset as in `2021-10-07 19:07:53 +0900`.
 *
 * @returns RFC 3339 in UTC, or `undefined` where it is no such date
 */
export function parseGithubExpiry(text: string): string | undefined {
  const [, date = '', time = '', zone = ''] = SPACED.exec(text.trim()) ?? [];
  const offset = zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return parseExpiryDate(`${date}T${time}${offset}`) ?? undefined;
}

/** Virtuozzo's `yyyy-MM-dd hh:mm:ss`, which is UTC. @returns as above */
export function parseVirtuozzoExpiry(text: string): string | undefined {
  return parseGithubExpiry(`${text.trim()} UTC`);
}

/**
 * An expiry in the JSON of an answer: RFC 3339, a date, or seconds since 1970. `null`: it says that there is
 * no end.
 *
 * @returns `undefined` where it is none of these
 */
export function expiryOf(value: unknown, dayEnd: 'utc' | 'utc-start' = 'utc'): string | 'never' | undefined {
  if (value === null) return 'never';
  if (typeof value === 'string') return parseExpiryDate(value, dayEnd) ?? undefined;
  return instantOfSeconds(value) ?? undefined;
}
