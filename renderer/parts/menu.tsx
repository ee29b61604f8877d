import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from './button.tsx';
import styles from './menu.module.css';

export interface MenuAction {
  id: string;
  label: string;
  isDisabled?: boolean;
  run: () => void;
}

interface MenuProps {
  label: string;
  children: ReactNode;
  actions: readonly MenuAction[];
}

/** A button that opens what else can be done here. */
export function Menu({ label, children, actions }: MenuProps) {
  return (
    <MenuTrigger>
      <Button aria-label={label}>{children}</Button>
      <Popover className={clsx(styles.popover)} placement="bottom end" data-popover="">
        <AriaMenu
          className={clsx(styles.menu)}
          disabledKeys={actions.filter((action) => action.isDisabled).map((action) => action.id)}
          onAction={(key) => actions.find((action) => action.id === key)?.run()}
        >
          {actions.map((action) => (
            <MenuItem key={action.id} id={action.id} className={clsx(styles.item)}>
              {action.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
