import { Briefcase, CircleCheck, CircleSlash, Lock, RotateCcw, Star, StickyNote } from 'lucide-react';
import type { Outcome, ReviewMarks } from '../../../preload/model.ts';
import { t } from '../../text/text.ts';
import styles from './row-marks.module.css';

const outcomeIcons = { relevant: CircleCheck, 'not-relevant': CircleSlash, 'second-look': RotateCcw } as const;

export function OutcomeIcon({ outcome, size = 13 }: { outcome: Outcome; size?: number }) {
  const Icon = outcomeIcons[outcome];
  return <Icon size={size} aria-hidden />;
}

/** What reviewers put on a conversation, as small as a row has room for; each mark has a shape and a name of its own. */
export function RowMarks({ marks }: { marks: ReviewMarks }) {
  const { starred, decision, cases, holds, notes } = marks;
  return (
    <span className={styles.marks}>
      {notes > 0 && (
        <span className={styles.mark} role="img" aria-label={t('marks.notes', { count: notes })}>
          <StickyNote size={13} aria-hidden />
          {notes > 1 && notes}
        </span>
      )}
      {cases.length > 0 && (
        <span
          className={styles.mark}
          role="img"
          aria-label={t('marks.cases', { names: cases.map((item) => item.name).join(', ') })}
        >
          <Briefcase size={13} aria-hidden />
        </span>
      )}
      {holds.length > 0 && (
        <span className={styles.mark} role="img" aria-label={t('marks.holds', { names: holds.join(', ') })}>
          <Lock size={13} aria-hidden />
        </span>
      )}
      {starred && (
        <span className={styles.star} role="img" aria-label={t('marks.starred')}>
          <Star size={13} fill="currentColor" aria-hidden />
        </span>
      )}
      {decision !== null && (
        <span className={styles.decision} role="img" aria-label={t(`outcome.${decision.outcome}`)}>
          <OutcomeIcon outcome={decision.outcome} />
        </span>
      )}
    </span>
  );
}
