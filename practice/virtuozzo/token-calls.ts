import type { PracticeClock } from '../practice-clock.ts';
import type { Fields } from '../request-fields.ts';
import { ALL_METHODS, API_METHODS, CUSTOM, itemsOf, TEMPLATES } from './api-methods.ts';
import { done, failed, invalidParameter, type PlatformAnswer, RESULT } from './platform-answer.ts';
import { formatPlatformDate, parsePlatformDate } from './platform-date.ts';
import type { PlatformToken, TokenSettings, VirtuozzoAccount } from './virtuozzo-account.ts';

export interface TokenCall {
  readonly account: VirtuozzoAccount;
  readonly clock: PracticeClock;
  readonly fields: Fields;
  /** By which the call was allowed. */
  readonly caller: PlatformToken;
}

export function createToken(call: TokenCall): PlatformAnswer {
  const settings = settingsFrom(call, null);
  if ('result' in settings) return settings;
  const { token, secret } = call.account.create(settings);
  return done({ token: tokenFields(token, secret) });
}

export function editToken(call: TokenCall): PlatformAnswer {
  const token = tokenNamed(call);
  if ('result' in token) return token;
  const settings = settingsFrom(call, token);
  if ('result' in settings) return settings;
  call.account.change(token, settings);
  return done({ token: tokenFields(token) });
}

export function regenerateToken(call: TokenCall): PlatformAnswer {
  const token = tokenNamed(call);
  if ('result' in token) return token;
  const refusal = passwordRefusal(call);
  if (refusal !== null) return refusal;
  return done({ token: tokenFields(token, call.account.regenerate(token).secret) });
}

export function deleteTokens(call: TokenCall): PlatformAnswer {
  const tokens = tokensNamed(call);
  if ('result' in tokens) return tokens;
  if (tokens.length === 0) return invalidParameter('ids');
  const refusal = passwordRefusal(call);
  if (refusal !== null) return refusal;
  for (const token of tokens) call.account.book.remove(token);
  return done();
}

export function getTokens(call: TokenCall): PlatformAnswer {
  const tokens = (call.fields.ids ?? '') === '' ? call.account.tokens : tokensNamed(call);
  if ('result' in tokens) return tokens;
  return done({ apiTokens: tokens.map((token) => tokenFields(token)) });
}

export function getTokenTemplates(): PlatformAnswer {
  const templates = Object.entries(TEMPLATES).map(([name, methods]) => ({
    name,
    apiListItems: itemsOf(methods),
  }));
  return done({ tokenTemplates: templates });
}

export function getTokenApiList(): PlatformAnswer {
  return done({ apiList: API_METHODS });
}

/** @param key only where it was just made: it is not shown again */
function tokenFields({ id, name, expiresAt, lastUsedAt, scopes, details }: PlatformToken, key = ''): object {
  const date = (time: number | null) => (time === null ? null : formatPlatformDate(time));
  return {
    id: Number(id),
    key,
    description: name,
    expiresAt: date(expiresAt),
    lastUsed: date(lastUsedAt),
    tokenTemplate: details.template,
    apiListItems: itemsOf(scopes),
    isSystem: false,
  };
}

/** What a token shall be: what was given, else what it was. @param old `null` for a new one */
function settingsFrom(
  { account, clock, fields, caller }: TokenCall,
  old: PlatformToken | null,
): TokenSettings | PlatformAnswer {
  const description = fields.description ?? old?.name ?? '';
  if (description.trim() === '') return invalidParameter('description');
  const access = accessFrom(fields, old);
  if ('result' in access) return access;
  const asked = fields.expiresAt;
  let expiresAt = old?.expiresAt ?? null;
  if (asked !== undefined) {
    expiresAt = asked === '' ? null : parsePlatformDate(asked);
    if (asked !== '' && expiresAt === null)
      return invalidParameter('expiresAt', 'yyyy-MM-dd hh:mm:ss, in UTC');
    if (expiresAt !== null && expiresAt <= clock.now()) return invalidParameter('expiresAt', 'it is over');
  }
  const refusal = passwordRefusal({ account, fields, caller });
  return refusal ?? { description, ...access, expiresAt };
}

function accessFrom(
  { tokenTemplate, apiList }: Fields,
  old: PlatformToken | null,
): { template: string; methods: readonly string[] } | PlatformAnswer {
  if (apiList !== undefined && (tokenTemplate ?? CUSTOM) === CUSTOM) {
    const methods = listOf(apiList);
    const isKnown = methods.length > 0 && methods.every((method) => ALL_METHODS.includes(method));
    return isKnown ? { template: CUSTOM, methods } : invalidParameter('apiList');
  }
  if (tokenTemplate === undefined && old !== null) {
    return { template: old.details.template, methods: old.scopes };
  }
  const template = tokenTemplate ?? 'Extended Access';
  const methods = Object.hasOwn(TEMPLATES, template) ? TEMPLATES[template] : undefined;
  return methods === undefined ? invalidParameter('tokenTemplate') : { template, methods };
}

/** Who has just signed in has given the password already. */
function passwordRefusal({
  account,
  fields,
  caller,
}: Pick<TokenCall, 'account' | 'fields' | 'caller'>): PlatformAnswer | null {
  if (fields.password === undefined && caller.details.kind === 'session') return null;
  if (account.isPassword(fields.password ?? '')) return null;
  return failed(
    RESULT.authenticationFailed,
    'authentication failed',
    'the password of the account is wanted',
  );
}

function tokenNamed({ account, fields }: TokenCall): PlatformToken | PlatformAnswer {
  const { id } = fields;
  if (id === undefined || id === '') return invalidParameter('id');
  return (
    account.tokens.find((token) => token.id === id) ?? failed(RESULT.notFound, `token [${id}] not found`)
  );
}

function tokensNamed({ account, fields }: TokenCall): PlatformToken[] | PlatformAnswer {
  const found: PlatformToken[] = [];
  for (const id of listOf(fields.ids ?? '')) {
    const token = account.tokens.find((each) => each.id === id);
    if (token === undefined) return failed(RESULT.notFound, `token [${id}] not found`);
    found.push(token);
  }
  return found;
}

function listOf(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
