import type { ReviewProgress } from '../../../preload/model.ts';
import { Progress } from '../../parts/progress.tsx';
import { fractionOf } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './progress-line.module.css';

/** How far a review has come, as a line and in figures. */
export function ProgressLine({ progress, label }: { progress: ReviewProgress; label: string }) {
  const { total, reviewed, outcomes } = progress;
  return (
    <div className={styles.progress}>
      <Progress label={label} fraction={total === 0 ? 1 : fractionOf(reviewed, total)} />
      <p className={styles.figures}>
        <b>{t('progress.of', { reviewed, total })}</b>
        <span>{t('progress.relevant', { count: outcomes.relevant })}</span>
        <span>{t('progress.not-relevant', { count: outcomes['not-relevant'] })}</span>
        <span>{t('progress.second-look', { count: outcomes['second-look'] })}</span>
      </p>
    </div>
  );
}
