import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button, IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import styles from './hit-steps.module.css';

interface HitStepsProps {
  count: number;
  /** The conversation is among the results, so the query did find something in it. */
  found: boolean;
  /** Index of the hit stood on; -1: none yet. */
  hit: number;
  onStep: (by: number) => void;
  onFacts: () => void;
}

/** Through the hits of one transcript. A conversation found by a survey answer or an attribute has none: say where to look. */
export function HitSteps({ count, found, hit, onStep, onFacts }: HitStepsProps) {
  if (count === 0 && !found) return <span className={styles.none}>{t('reader.no-hits')}</span>;
  if (count === 0) {
    return (
      <Button kind="quiet" size="small" onPress={onFacts}>
        {t('reader.found-in-facts')}
      </Button>
    );
  }
  return (
    <div className={styles.hits} role="group" aria-label={t('reader.hits')}>
      <span className={styles.count} aria-live="polite">
        {hit >= 0 ? t('reader.hit-of', { hit: hit + 1, total: count }) : t('reader.hits-count', { count })}
      </span>
      <IconButton label={t('reader.previous-hit')} shortcut="p" size="small" onPress={() => onStep(-1)}>
        <ChevronUp size={16} aria-hidden />
      </IconButton>
      <IconButton label={t('reader.next-hit')} shortcut="n" size="small" onPress={() => onStep(1)}>
        <ChevronDown size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
