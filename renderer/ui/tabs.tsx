import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { mergeProps, useTab, useTabList, useTabPanel } from 'react-aria';
import { Item, type Node, type TabListState, useTabListState } from 'react-stately';
import styles from './tabs.module.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: ReactNode;
}

/** No tab has this id. */
const NONE = '';

/** Which of some tabs is shown, for their `TabList` and `TabPanel`. `null`: none of them. */
export function useTabState<Id extends string>(
  tabs: readonly TabItem<Id>[],
  selected: Id | null,
  onSelect: (id: Id) => void,
): TabListState<TabItem<Id>> {
  return useTabListState<TabItem<Id>>({
    items: tabs,
    children: ({ id, label }) => <Item key={id}>{label}</Item>,
    selectedKey: selected ?? NONE,
    onSelectionChange: (key) => onSelect(key as Id),
  });
}

interface TabListProps<Id extends string> {
  readonly label: string;
  readonly state: TabListState<TabItem<Id>>;
  readonly look: 'line' | 'filled';
  /** Delete on a tab, its cross or the middle button; left out: they cannot be closed. */
  readonly onClose?: (id: Id) => void;
  /** The tabs that stay. */
  readonly always?: Id;
}

/** The arrows, Home and End go from tab to tab and show it; Tab leads from the tab into what it shows. */
export function TabList<Id extends string>({ label, state, look, onClose, always }: TabListProps<Id>) {
  const ref = useRef<HTMLDivElement>(null);
  const { tabListProps } = useTabList({ 'aria-label': label }, state, ref);
  const { collection, selectionManager: manager, selectedKey } = state;
  useEffect(() => {
    // The one that had the focus is closed, or none is shown: another one can take it.
    const { focusedKey } = manager;
    if (focusedKey !== null && collection.getItem(focusedKey) !== null) return;
    const isShown = selectedKey !== null && collection.getItem(selectedKey) !== null;
    manager.setFocusedKey(isShown ? selectedKey : collection.getFirstKey());
  }, [manager, collection, selectedKey]);
  useEffect(() => {
    if (selectedKey !== NONE)
      ref.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedKey]);
  return (
    <div {...tabListProps} ref={ref} className={styles.list} data-look={look}>
      {[...collection].map((item) => (
        <TabHead
          key={item.key}
          item={item}
          state={state}
          onClose={item.key === always || onClose === undefined ? null : () => onClose(item.key as Id)}
        />
      ))}
    </div>
  );
}

interface TabHeadProps<Id extends string> {
  readonly item: Node<TabItem<Id>>;
  readonly state: TabListState<TabItem<Id>>;
  readonly onClose: (() => void) | null;
}

function TabHead<Id extends string>({ item, state, onClose }: TabHeadProps<Id>) {
  const ref = useRef<HTMLDivElement>(null);
  const { tabProps } = useTab({ key: item.key }, state, ref);
  const closing = {
    'aria-keyshortcuts': onClose === null ? undefined : 'Delete',
    onKeyDown: ({ key }: React.KeyboardEvent) => key === 'Delete' && onClose?.(),
    onAuxClick: ({ button }: React.MouseEvent) => button === 1 && onClose?.(),
  };
  return (
    <div {...mergeProps(tabProps, closing)} ref={ref} className={styles.tab}>
      {item.rendered}
      {onClose !== null && <Cross onClose={onClose} />}
    </div>
  );
}

/** For the mouse alone: what is in a tab is part of its name, and no control of its own. */
function Cross({ onClose }: { readonly onClose: () => void }) {
  // A press on it does not show the tab that it closes.
  const keep = (event: React.SyntheticEvent) => event.stopPropagation();
  return (
    <span
      className={styles.cross}
      data-cross
      aria-hidden
      onPointerDown={keep}
      onMouseDown={keep}
      onClick={(event) => {
        event.stopPropagation();
        onClose();
      }}
    >
      <X size={13} />
    </span>
  );
}

interface TabPanelProps<Id extends string> {
  readonly state: TabListState<TabItem<Id>>;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What the selected tab shows. */
export function TabPanel<Id extends string>(props: TabPanelProps<Id>) {
  // A panel of its own for each tab: its id, by which the tab names it, stays what it was at first.
  return <PanelOfTab key={props.state.selectedKey} {...props} />;
}

function PanelOfTab<Id extends string>({ state, className, children }: TabPanelProps<Id>) {
  const ref = useRef<HTMLDivElement>(null);
  const { tabPanelProps } = useTabPanel({}, state, ref);
  return (
    <div {...tabPanelProps} ref={ref} className={className}>
      {children}
    </div>
  );
}
