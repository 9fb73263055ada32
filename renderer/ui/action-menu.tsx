import { Ellipsis } from 'lucide-react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import styles from './ui.module.css';

interface Action {
  readonly label: string;
  readonly isDangerous?: boolean;
  readonly act: () => void;
}

interface ActionMenuProps {
  /** What the actions are for, for those who do not see it. */
  readonly label: string;
  readonly actions: readonly Action[];
}

/** What can be done with one thing, behind one button. */
export function ActionMenu({ label, actions }: ActionMenuProps) {
  return (
    <MenuTrigger>
      <AriaButton aria-label={label} data-kind="quiet" className={`${styles.button} ${styles.icon}`}>
        <Ellipsis size={16} aria-hidden />
      </AriaButton>
      <Popover placement="bottom end" className={styles.popover ?? ''}>
        <Menu aria-label={label} className={styles.menu ?? ''}>
          {actions.map((action) => (
            <MenuItem
              key={action.label}
              className={styles.menuItem ?? ''}
              data-danger={action.isDangerous === true}
              onAction={action.act}
            >
              {action.label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
