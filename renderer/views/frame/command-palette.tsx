import { clsx } from 'clsx';
import { useRef } from 'react';
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
import { useSaveSettings, useStartSync } from '../../bridge/queries.ts';
import { useFocusInside } from '../../parts/use-focus-inside.ts';
import { t } from '../../text/text.ts';
import styles from './command-palette.module.css';

interface Command {
  id: string;
  label: string;
  keys?: string;
  run: () => void;
}

interface CommandPaletteProps {
  isOpen: boolean;
  onClose: () => void;
  onGo: (path: string) => void;
  onShortcuts: () => void;
}

/** Everything the app can do, by name. */
export function CommandPalette({ isOpen, onClose, onGo, onShortcuts }: CommandPaletteProps) {
  const startSync = useStartSync();
  const { mutate: save } = useSaveSettings();
  const commands: Command[] = [
    { id: 'search', label: t('palette.search'), run: () => onGo('/search') },
    { id: 'last-month', label: t('palette.last-month'), run: () => onGo('/search?q=from%3A-30d') },
    { id: 'notes', label: t('palette.notes'), run: () => onGo('/search?q=has%3Anote') },
    { id: 'unhappy', label: t('palette.unhappy'), run: () => onGo(`/search?q=${encodeURIComponent('csat:<=2')}`) },
    { id: 'coverage', label: t('palette.coverage'), run: () => onGo('/coverage') },
    { id: 'custody', label: t('palette.custody'), run: () => onGo('/custody') },
    { id: 'sync', label: t('truth.sync'), run: () => startSync.mutate({}) },
    { id: 'connect', label: t('settings.connect'), run: () => onGo('/welcome') },
    { id: 'settings', label: t('palette.settings'), run: () => onGo('/settings') },
    { id: 'light', label: t('palette.theme.light'), run: () => save({ theme: 'light' }) },
    { id: 'dark', label: t('palette.theme.dark'), run: () => save({ theme: 'dark' }) },
    { id: 'compact', label: t('palette.density.compact'), run: () => save({ density: 'compact' }) },
    { id: 'comfortable', label: t('palette.density.comfortable'), run: () => save({ density: 'comfortable' }) },
    { id: 'shortcuts', label: t('shortcuts.title'), keys: '?', run: onShortcuts },
  ];
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
        <PalettePanel commands={commands} onClose={onClose} />
      </Modal>
    </ModalOverlay>
  );
}

function PalettePanel({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const panel = useRef<HTMLElement>(null);
  useFocusInside(panel, 'input');
  return (
    <Dialog ref={panel} aria-label={t('palette.title')} className={clsx(styles.dialog)}>
      <Autocomplete filter={contains}>
        <TextField aria-label={t('palette.title')} autoFocus>
          <Input className={clsx(styles.input)} placeholder={t('palette.placeholder')} />
        </TextField>
        <Menu
          className={clsx(styles.menu)}
          items={commands}
          onAction={(key) => {
            onClose();
            commands.find((command) => command.id === key)?.run();
          }}
          renderEmptyState={() => <p className={styles.none}>{t('palette.none')}</p>}
        >
          {(command) => (
            <MenuItem id={command.id} textValue={command.label} className={clsx(styles.item)}>
              {command.label}
              {command.keys !== undefined && <kbd>{command.keys}</kbd>}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
