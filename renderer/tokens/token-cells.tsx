import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import { isEndKnown } from '../../shared/tokens/token-state.ts';
import { StateBadge } from './state-badge.tsx';
import { dayText, fromNow } from './token-dates.ts';
import type { TokenColumn, TokenRow } from './token-rows.ts';
import styles from './token-table.module.css';

interface ColumnOfTokens {
  readonly label: string;
  /** A share of the width, or pixels. */
  readonly width: `${number}fr` | number;
  readonly least: number;
  readonly cell: (row: TokenRow, now: Date) => ReactNode;
}

export const TOKEN_CELLS: Readonly<Record<TokenColumn, ColumnOfTokens>> = {
  name: { label: 'Name', width: '3fr', least: 160, cell: ({ name }) => <Cut isStrong>{name}</Cut> },
  app: { label: 'App', width: '2fr', least: 90, cell: ({ app }) => <Cut>{app}</Cut> },
  scheme: { label: 'Scheme', width: 74, least: 60, cell: ({ token }) => token.scheme },
  provider: {
    label: 'Provider',
    width: '1.5fr',
    least: 84,
    cell: ({ provider }) => <Cut>{provider || '–'}</Cut>,
  },
  scopes: { label: 'Scopes', width: 68, least: 60, cell: (row) => <Scopes row={row} /> },
  actsAs: { label: 'Acts as', width: 70, least: 60, cell: ({ token }) => token.actsAs },
  createdAt: { label: 'Created', width: 106, least: 80, cell: ({ token }) => <Day at={token.createdAt} /> },
  lastUsedAt: {
    label: 'Last used',
    width: 114,
    least: 80,
    cell: ({ token }, now) =>
      token.lastUsedAt === null ? (
        'never'
      ) : (
        <Day at={token.lastUsedAt} words={fromNow(token.lastUsedAt, now)} />
      ),
  },
  expiresAt: {
    label: 'Expires',
    width: 106,
    least: 100,
    // How far away that is, the state beside it says.
    cell: ({ token }, now) =>
      token.expiresAt === null ? (
        isEndKnown(token) ? (
          'never'
        ) : (
          'not known'
        )
      ) : (
        <Day at={token.expiresAt} more={fromNow(token.expiresAt, now)} />
      ),
  },
  state: {
    label: 'State',
    width: 156,
    least: 100,
    cell: ({ token }) => (
      <span title={moreOfState(token)}>
        <StateBadge state={token.state} />
      </span>
    ),
  },
};

/** What the words of a state leave open, to whoever points at them. */
function moreOfState({ state, retiresAt, compromisedAt, check }: TokenListItem): string | undefined {
  if (state.kind === 'retired' && retiresAt !== null) return `It is deleted on ${dayText(retiresAt)}.`;
  if (state.kind === 'compromised' && compromisedAt !== null) return `Since ${dayText(compromisedAt)}.`;
  return state.kind === 'refused' ? check?.message : undefined;
}

function Cut({ isStrong = false, children }: { readonly isStrong?: boolean; readonly children: string }) {
  return (
    <span className={styles.cut} data-strong={isStrong} title={children}>
      {children}
    </span>
  );
}

interface DayProps {
  readonly at: string;
  /** In place of the date. */
  readonly words?: string;
  /** Beside the time, to whoever points at it. */
  readonly more?: string;
}

function Day({ at, words, more }: DayProps) {
  const instant = new Date(at).toLocaleString();
  return (
    <time className={styles.cut} dateTime={at} title={more === undefined ? instant : `${instant}, ${more}`}>
      {words ?? dayText(at)}
    </time>
  );
}

/** More are not listed below one another: the list would be higher than the window. */
const MOST_LINES = 12;

/** How many; which, to whoever points at it or moves the focus to it. */
function Scopes({ row: { token } }: { readonly row: TokenRow }) {
  const { scopes } = token;
  if (scopes.length === 0) return '–';
  return (
    <TooltipTrigger delay={300}>
      <AriaButton
        className={styles.scopes ?? ''}
        aria-label={`${scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}: ${scopes.join(', ')}`}
      >
        {scopes.length}
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''}>
        {scopes.join(scopes.length > MOST_LINES ? ', ' : '\n')}
      </Tooltip>
    </TooltipTrigger>
  );
}
