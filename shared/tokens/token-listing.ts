import type { ColumnText } from '../column-text.ts';
import type { TokenKey, TokenListItem } from './token.ts';

/** The tokens of all apps; or where an earlier listing is known, what has changed since. */
export interface TokenListing {
  /** Which one it is: given back, it is what is known. */
  readonly revision: number;
  /** By name; as text, because there may be ten thousand. */
  readonly tokens: ColumnText<TokenListItem>;
  /** Where each of `tokens` stands among all, ascending; `null`: these are all. */
  readonly places: readonly number[] | null;
  readonly removed: readonly TokenKey[];
}
