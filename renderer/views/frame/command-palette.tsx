import { useSaveSettings, useStartSync } from '../../bridge/queries.ts';
import { Picker } from '../../parts/picker.tsx';
import { t } from '../../text/text.ts';

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

const searchFor = (query: string) => `/search?q=${encodeURIComponent(query)}`;

/** Everything the app can do, by name. */
export function CommandPalette({ isOpen, onClose, onGo, onShortcuts }: CommandPaletteProps) {
  const startSync = useStartSync();
  const { mutate: save } = useSaveSettings();
  const commands: Command[] = [
    { id: 'search', label: t('palette.search'), run: () => onGo('/search') },
    { id: 'last-month', label: t('palette.last-month'), run: () => onGo(searchFor('from:-30d')) },
    { id: 'notes', label: t('palette.notes'), run: () => onGo(searchFor('has:note')) },
    { id: 'unhappy', label: t('palette.unhappy'), run: () => onGo(searchFor('csat:<=2')) },
    { id: 'starred', label: t('palette.starred'), run: () => onGo(searchFor('is:starred')) },
    { id: 'held', label: t('palette.held'), run: () => onGo(searchFor('has:hold')) },
    { id: 'second-look', label: t('palette.second-look'), run: () => onGo(searchFor('reviewed:second-look')) },
    { id: 'dashboard', label: t('palette.dashboard'), run: () => onGo('/dashboard') },
    { id: 'cases', label: t('palette.cases'), run: () => onGo('/cases') },
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
    <Picker
      title={t('palette.title')}
      placeholder={t('palette.placeholder')}
      none={t('palette.none')}
      isOpen={isOpen}
      onClose={onClose}
      itemsFor={() =>
        commands.map(({ id, label, keys }) => ({
          id,
          label,
          ...(keys === undefined ? {} : { hint: <kbd>{keys}</kbd> }),
        }))
      }
      onPick={(id) => commands.find((command) => command.id === id)?.run()}
    />
  );
}
