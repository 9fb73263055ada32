import {
  CircleCheck,
  Copy,
  LogIn,
  type LucideIcon,
  Pencil,
  PlugZap,
  Plus,
  RefreshCw,
  RotateCw,
  ShieldAlert,
  ShieldCheck,
  Sparkles,
  Trash2,
} from 'lucide-react';
import { isObtained, type TokenListItem } from '../../shared/tokens/token.ts';
import type { LoginWork } from '../logins/login-actions.ts';

/** What the actions are done through; each opens a dialog or asks the main process. */
export interface TokenWork {
  readonly logins: LoginWork;
  readonly add: () => void;
  readonly generate: () => void;
  readonly edit: (token: TokenListItem) => void;
  readonly duplicate: (token: TokenListItem) => void;
  readonly rotate: (token: TokenListItem) => void;
  /** Asks the provider about tokens of one app. */
  readonly check: (tokens: readonly TokenListItem[]) => void;
  readonly remove: (tokens: readonly TokenListItem[]) => void;
  readonly mark: (tokens: readonly TokenListItem[], isCompromised: boolean) => void;
  readonly copySecret: (token: TokenListItem) => void;
  readonly reveal: (token: TokenListItem) => void;
  readonly refresh: () => void;
}

/** One thing that can be done with the tokens that are chosen. */
export interface TokenAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isDangerous?: boolean;
  readonly isPrimary?: boolean;
  /** Whether it can be done with these; left out: always. */
  readonly takes?: (chosen: readonly TokenListItem[]) => boolean;
  /** Whether it is in the toolbar; left out: always. */
  readonly isShown?: (chosen: readonly TokenListItem[]) => boolean;
  /** The label of the one whose place it takes: a button that has the focus keeps it when it becomes the other. */
  readonly insteadOf?: string;
  readonly act: (work: TokenWork, chosen: readonly TokenListItem[]) => void;
}

const isOne = (chosen: readonly TokenListItem[]) => chosen.length === 1;
const isSome = (chosen: readonly TokenListItem[]) => chosen.length > 0;

const areCompromised = (chosen: readonly TokenListItem[]) =>
  isSome(chosen) && chosen.every(({ compromisedAt }) => compromisedAt !== null);

const areObtained = (chosen: readonly TokenListItem[]) => isSome(chosen) && chosen.every(isObtained);

/** With the one token that is chosen. */
const withOne =
  (act: (work: TokenWork, token: TokenListItem) => void) =>
  (work: TokenWork, [token]: readonly TokenListItem[]) => {
    if (token !== undefined) act(work, token);
  };

/** The toolbar above the table, in its order. What a provider's API can do belongs here too. */
export const TOKEN_ACTIONS: readonly TokenAction[] = [
  { label: 'Add', icon: Plus, isPrimary: true, act: (work) => work.add() },
  { label: 'Sign in', icon: LogIn, act: (work) => work.logins.add() },
  { label: 'Generate', icon: Sparkles, act: (work) => work.generate() },
  { label: 'Edit', icon: Pencil, takes: isOne, act: withOne((work, token) => work.edit(token)) },
  {
    label: 'Connect',
    icon: PlugZap,
    isShown: areObtained,
    takes: isOne,
    act: withOne((work, token) => work.logins.connect(token)),
  },
  {
    label: 'Copy',
    icon: Copy,
    takes: (chosen) => isOne(chosen) && !areObtained(chosen),
    act: withOne((work, token) => work.duplicate(token)),
  },
  {
    label: 'Rotate',
    icon: RotateCw,
    takes: (chosen) =>
      isOne(chosen) && chosen.every((token) => !isObtained(token) && token.retiresAt === null),
    act: withOne((work, token) => work.rotate(token)),
  },
  { label: 'Check', icon: CircleCheck, takes: isSome, act: (work, chosen) => work.check(chosen) },
  {
    label: 'Mark compromised',
    icon: ShieldAlert,
    takes: isSome,
    isShown: (chosen) => !areCompromised(chosen),
    act: (work, chosen) => work.mark(chosen, true),
  },
  {
    label: 'Not compromised',
    insteadOf: 'Mark compromised',
    icon: ShieldCheck,
    isShown: areCompromised,
    act: (work, chosen) => work.mark(chosen, false),
  },
  {
    label: 'Remove',
    icon: Trash2,
    isDangerous: true,
    takes: isSome,
    act: (work, chosen) => work.remove(chosen),
  },
  { label: 'Refresh', icon: RefreshCw, act: (work) => work.refresh() },
];
