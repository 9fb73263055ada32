import type { App } from '../../shared/apps/app.ts';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import {
  describeTokenState,
  isEndKnown,
  needsAttention,
  type TokenState,
} from '../../shared/tokens/token-state.ts';

/** A token as the table shows it. */
export interface TokenRow {
  readonly id: string;
  readonly token: TokenListItem;
  readonly name: string;
  readonly app: string;
  readonly provider: string;
  readonly stateWords: string;
}

export function tokenRows(
  tokens: readonly TokenListItem[],
  apps: readonly App[],
  providers: readonly ProviderSummary[],
): TokenRow[] {
  const appsById = new Map(apps.map((app) => [app.id, app]));
  const providerNames = new Map<string, string>(providers.map(({ id, name }) => [id, name]));
  return tokens.map((token) => {
    const app = appsById.get(token.appId);
    const providerId = token.provider ?? app?.provider ?? '';
    const provider = providerNames.get(providerId) ?? '';
    const { id, name, state } = token;
    return { id, token, name, app: app?.name ?? '', provider, stateWords: describeTokenState(state) };
  });
}

const searchedTexts = new WeakMap<TokenRow, string>();

/** All of a row that is searched, lower case. Never a secret: the window has none. */
function searchedText(row: TokenRow): string {
  const known = searchedTexts.get(row);
  if (known !== undefined) return known;
  const { name, app, provider, stateWords } = row;
  const { scheme, field, tokenId, scopes, actsAs, notes } = row.token;
  const text = [name, app, provider, scheme, field, tokenId, ...scopes, actsAs, notes, stateWords]
    .join('\n')
    .toLowerCase();
  searchedTexts.set(row, text);
  return text;
}

/** Does ahead of the first search what it would have to wait for. */
export function prepareSearch(rows: readonly TokenRow[]): void {
  for (const row of rows) searchedText(row);
}

export const ROW_FILTERS = ['all', 'attention', 'in use', 'retired'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

export const ROW_FILTER_LABELS: Readonly<Record<RowFilter, string>> = {
  all: 'All states',
  attention: 'Needs attention',
  'in use': 'Usable now',
  retired: 'Retired',
};

const UNUSABLE: ReadonlySet<TokenState['kind']> = new Set([
  'expired',
  'compromised',
  'refused',
  'retired',
  'needs-sign-in',
]);

const PASSES: Readonly<Record<RowFilter, (row: TokenRow) => boolean>> = {
  all: () => true,
  attention: ({ token }) => needsAttention(token.state),
  'in use': ({ token }) => !UNUSABLE.has(token.state.kind),
  retired: ({ token }) => token.state.kind === 'retired',
};

/** Rows that hold every word of the search. */
export function filterRows(
  rows: readonly TokenRow[],
  search: string,
  filter: RowFilter,
): readonly TokenRow[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && filter === 'all') return rows;
  return rows.filter((row) => PASSES[filter](row) && words.every((word) => searchedText(row).includes(word)));
}

/** What one looks for first comes first: a narrow window cuts the rest. */
export const TOKEN_COLUMNS = [
  'name',
  'app',
  'state',
  'expiresAt',
  'scheme',
  'provider',
  'scopes',
  'actsAs',
  'lastUsedAt',
  'createdAt',
] as const;
export type TokenColumn = (typeof TOKEN_COLUMNS)[number];

export interface RowOrder {
  readonly column: TokenColumn;
  readonly isDescending: boolean;
}

/** Worst first. */
const STATE_RANKS: Readonly<Record<TokenState['kind'], number>> = {
  compromised: 0,
  expired: 1,
  refused: 2,
  'needs-sign-in': 3,
  expiring: 4,
  retired: 5,
  valid: 6,
  renews: 7,
  unknown: 8,
  'never-expires': 9,
};

/** After every date there is; who knows comes before never. */
const UNKNOWN = '9999-12-31T23:59:59.998Z';
const NEVER = '9999-12-31T23:59:59.999Z';

type Key = (row: TokenRow) => string | number;

const KEYS: Readonly<Record<Exclude<TokenColumn, 'name'>, Key>> = {
  app: ({ app }) => app.toLowerCase(),
  scheme: ({ token }) => token.scheme,
  provider: ({ provider }) => provider.toLowerCase(),
  scopes: ({ token }) => token.scopes.length,
  actsAs: ({ token }) => token.actsAs,
  createdAt: ({ token }) => token.createdAt,
  lastUsedAt: ({ token }) => token.lastUsedAt ?? '',
  expiresAt: ({ token }) => token.expiresAt ?? (isEndKnown(token) ? NEVER : UNKNOWN),
  state: ({ token }) => STATE_RANKS[token.state.kind],
};

/** @param rows by name, as the main process lists them; those of the same rank stay so */
export function orderRows(
  rows: readonly TokenRow[],
  { column, isDescending }: RowOrder,
): readonly TokenRow[] {
  if (column === 'name') return isDescending ? rows.toReversed() : rows;
  const key = KEYS[column];
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [first, second] = [key(left), key(right)];
    return first === second ? 0 : first < second ? -sign : sign;
  });
}
