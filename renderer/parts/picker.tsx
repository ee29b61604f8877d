import { clsx } from 'clsx';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from 'react-aria-components';
import { useFocusInside } from './use-focus-inside.ts';
import styles from './picker.module.css';

export interface PickerItem {
  id: string;
  label: string;
  /** Before the label: a tick, a colour. */
  mark?: ReactNode;
  /** At the end of the line: a key, a count. */
  hint?: ReactNode;
  /** Shown whatever is typed: what the typed text itself can become. */
  always?: boolean;
}

interface PickerProps {
  title: string;
  /** What the choice is about, in a line above the field. */
  about?: string;
  placeholder: string;
  none: string;
  isOpen: boolean;
  onClose: () => void;
  /** The lines to choose from, for what is typed. */
  itemsFor: (typed: string) => readonly PickerItem[];
  onPick: (id: string, typed: string) => void;
  /** Stays open after a choice, for the next one. */
  stays?: boolean;
  /** Typing one of these alone is a choice at once. */
  keys?: Readonly<Record<string, string>>;
}

/** One field and a list under it, above the page: type a part of the name, Enter takes it. */
export function Picker({ isOpen, onClose, ...panel }: PickerProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className={clsx(styles.overlay)}
      data-modal=""
    >
      <Modal className={clsx(styles.modal)}>
        <PickerPanel {...panel} onClose={onClose} />
      </Modal>
    </ModalOverlay>
  );
}

function PickerPanel(props: Omit<PickerProps, 'isOpen'>) {
  const { title, about, placeholder, none, itemsFor, onPick, onClose, stays = false, keys = {} } = props;
  const { contains } = useFilter({ sensitivity: 'base' });
  const [typed, setTyped] = useState('');
  const panel = useRef<HTMLElement>(null);
  useFocusInside(panel, 'input');
  const items = itemsFor(typed.trim());
  const pick = (id: string) => {
    if (!stays) onClose();
    onPick(id, typed.trim());
    setTyped('');
  };
  const type = (text: string) => {
    const key = keys[text];
    if (key === undefined) setTyped(text);
    else pick(key);
  };
  const always = new Set(items.filter((item) => item.always).map((item) => item.label));
  return (
    <Dialog ref={panel} aria-label={title} className={clsx(styles.dialog)}>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      <Autocomplete
        filter={(label, text) => always.has(label) || contains(label, text)}
        inputValue={typed}
        onInputChange={type}
      >
        <TextField aria-label={title} autoFocus>
          {/* The lines are its popup, always open: the focus stays here while the arrow keys go through them. */}
          <Input
            className={clsx(styles.input)}
            placeholder={placeholder}
            // Autocomplete gives it `aria-controls`.
            // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props
            role="combobox"
            aria-haspopup="menu"
            aria-expanded
          />
        </TextField>
        <Menu
          className={clsx(styles.menu)}
          items={items}
          // A menu's lines are made once for each item: those whose look depends on the choice must be made again.
          dependencies={[items]}
          onAction={(key) => pick(String(key))}
          renderEmptyState={() => <p className={styles.none}>{none}</p>}
          shouldCloseOnSelect={!stays}
        >
          {(item) => (
            <MenuItem id={item.id} textValue={item.label} className={clsx(styles.item)}>
              {item.mark ?? <span />}
              <bdi className={styles.label}>{item.label}</bdi>
              <span className={styles.hint}>{item.hint}</span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
