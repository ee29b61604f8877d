import { Briefcase, Lock } from 'lucide-react';
import { Link } from 'wouter';
import { useMarks } from '../../bridge/review.ts';
import { useZone } from '../../state/use-zone.ts';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { OutcomeIcon } from './row-marks.tsx';
import { TagChip } from './tag-chip.tsx';
import styles from './reader-marks.module.css';

/** What reviewers put on the conversation that is read, in words. */
export function ReaderMarks({ id }: { id: string }) {
  const marks = useMarks(id);
  const zone = useZone();
  if (marks === undefined) return null;
  const { tags, decision, cases, holds } = marks;
  if (tags.length + cases.length + holds.length === 0 && decision === null) return null;
  return (
    <ul className={styles.marks} aria-label={t('marks.title')}>
      {decision !== null && (
        <li className={styles.decision} title={formatMoment(decision.at, zone)}>
          <OutcomeIcon outcome={decision.outcome} />
          {t('marks.decided', { outcome: t(`outcome.${decision.outcome}`), by: decision.by })}
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag.name}>
          <TagChip {...tag} />
        </li>
      ))}
      {cases.map((item) => (
        <li key={item.name} className={styles.mark}>
          <Briefcase size={13} aria-hidden />
          <Link href={`/cases?name=${encodeURIComponent(item.name)}`}>
            <bdi>{item.name}</bdi>
          </Link>
        </li>
      ))}
      {holds.map((name) => (
        <li key={name} className={styles.mark}>
          <Lock size={13} aria-hidden />
          {t('marks.held', { name })}
        </li>
      ))}
    </ul>
  );
}
