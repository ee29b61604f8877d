import { Briefcase, CircleCheckBig, Download, Lock, Star, Tag, X } from 'lucide-react';
import { Button, IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
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
        <IconButton label={t('review.star')} shortcut="s" size="small" onPress={desk.toggleStar}>
          <Star size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('tags.title')} shortcut="t" size="small" onPress={() => desk.open('tag')}>
          <Tag size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('decision.title')} shortcut="r" size="small" onPress={() => desk.open('decision')}>
          <CircleCheckBig size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('cases.pick')} shortcut="c" size="small" onPress={() => desk.open('case')}>
          <Briefcase size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('hold.title')} shortcut="h" size="small" onPress={() => desk.open('hold')}>
          <Lock size={16} aria-hidden />
        </IconButton>
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
