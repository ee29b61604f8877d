import { useSaveSettings, useSettings } from '../../bridge/queries.ts';
import { Check } from '../../parts/check.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Segments } from '../../parts/segments.tsx';
import { t } from '../../text/text.ts';
import { columns } from './columns.ts';
import type { Column } from './columns.ts';
import styles from './columns-dialog.module.css';

interface ColumnsDialogProps {
  shown: readonly Column[];
  onShow: (shown: readonly Column[]) => void;
  isOpen: boolean;
  onClose: () => void;
}

/** What rows show, and how close they stand. */
export function ColumnsDialog({ shown, onShow, isOpen, onClose }: ColumnsDialogProps) {
  const density = useSettings().data?.density ?? 'comfortable';
  const save = useSaveSettings();
  return (
    <Dialog title={t('columns.title')} isOpen={isOpen} onClose={onClose} size="small">
      <div className={styles.groups}>
        <Segments
          label={t('columns.density')}
          choices={[
            { id: 'comfortable', label: t('palette.density.comfortable') },
            { id: 'compact', label: t('palette.density.compact') },
          ]}
          value={density}
          onChange={(chosen) => save.mutate({ density: chosen })}
        />
        <div role="group" aria-label={t('columns.facts')}>
          <p className={styles.heading}>{t('columns.facts')}</p>
          {columns.map((column) => (
            <Check
              key={column}
              label={t(`columns.${column}`)}
              value={shown.includes(column)}
              onChange={(on) => onShow(columns.filter((other) => (other === column ? on : shown.includes(other))))}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}
