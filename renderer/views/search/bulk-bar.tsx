import { Download, X } from 'lucide-react';
import { Button, IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import { ReviewTools } from '../review/review-tools.tsx';
import type { ReviewDesk } from '../review/use-review-desk.tsx';
import type { Selection } from './use-selection.ts';
import styles from './bulk-bar.module.css';

interface BulkBarProps {
  selection: Selection;
  total: number;
  desk: ReviewDesk;
  onExport: () => void;
}

/** What can be done to the selected results. It floats, so that no row moves when it comes. */
export function BulkBar({ selection, total, desk, onExport }: BulkBarProps) {
  if (selection.count === 0) return null;
  return (
    <div className={styles.bar} role="region" aria-label={t('bulk.label')}>
      <p className={styles.count} role="status">
        {t('bulk.count', { count: selection.count })}
      </p>
      {selection.count < total && (
        <Button kind="quiet" size="small" onPress={selection.selectAll}>
          {t('bulk.all', { count: total })}
        </Button>
      )}
      <span className={styles.tools}>
        <ReviewTools desk={desk} />
        <IconButton label={t('search.export')} shortcut="e" size="small" onPress={onExport}>
          <Download size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('bulk.clear')} shortcut="Esc" size="small" onPress={selection.clear}>
          <X size={16} aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
