import { clsx } from 'clsx';
import { Lock } from 'lucide-react';
import { memo } from 'react';
import type { Hit, ReviewMarks } from '../../../preload/model.ts';
import { formatShortDay, formatTime } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { FlagChips } from '../conversation/flags.tsx';
import { Score } from '../conversation/score.tsx';
import { RowMarks } from '../review/row-marks.tsx';
import { TagChip } from '../review/tag-chip.tsx';
import { columnWords, longColumns } from './columns.ts';
import type { Column } from './columns.ts';
import { Snippet } from './snippet.tsx';
import styles from './result-row.module.css';

interface ResultRowProps {
  hit: Hit;
  zone: string;
  now: number;
  marks: ReviewMarks | undefined;
  columns: readonly Column[];
}

/** More tags than a row has room for are counted. */
const mostTags = 2;

/** Who, when, how long, score, the best snippet, marks. */
export const ResultRow = memo(function ResultRow({ hit, zone, now, marks, columns }: ResultRowProps) {
  const [best] = hit.matchedMessages;
  const more = hit.matchedMessages.length - 1;
  return (
    <>
      <div className={styles.head}>
        <time className={styles.when} dateTime={new Date(hit.startedAt).toISOString()}>
          {formatShortDay(hit.startedAt, zone, now)}{' '}
          <span className={styles.clock}>{formatTime(hit.startedAt, zone)}</span>
        </time>
        <span className={styles.who}>
          <bdi className={styles.customer}>{hit.customer ?? t('conversation.unknown-customer')}</bdi>
          {hit.agents.length > 0 && (
            <>
              <span aria-hidden className={styles.arrow}>
                →
              </span>
              <bdi className={styles.agents}>{hit.agents.join(', ')}</bdi>
            </>
          )}
        </span>
        <span className={styles.marks}>
          {marks !== undefined && <RowMarks marks={marks} />}
          <FlagChips flags={hit.flags} />
          {hit.csat !== null && <Score name="CSAT" value={hit.csat} />}
        </span>
      </div>
      <p className={clsx(styles.snippet, best === undefined && styles.preview)} dir="auto">
        {best === undefined ? (
          hit.preview
        ) : (
          <>
            {best.private && <Lock size={11} aria-label={t('message.agents-only')} className={clsx(styles.lock)} />}
            <bdi className={styles.speaker}>{best.speaker}: </bdi>
            <Snippet text={best.snippet} />
          </>
        )}
      </p>
      <p className={styles.foot}>
        {columns.map((column) => {
          const words = columnWords(column, hit, zone);
          return words === null ? null : (
            <bdi key={column} data-long={longColumns.has(column) ? '' : undefined}>
              {words}
            </bdi>
          );
        })}
        {more > 0 && <span className={styles.more}>{t('search.more-places', { count: more })}</span>}
        {marks !== undefined && marks.tags.length > 0 && <Tags tags={marks.tags} />}
      </p>
    </>
  );
});

function Tags({ tags }: Pick<ReviewMarks, 'tags'>) {
  return (
    <span className={styles.tags}>
      {tags.slice(0, mostTags).map((tag) => (
        <TagChip key={tag.name} {...tag} />
      ))}
      {tags.length > mostTags && t('marks.more-tags', { count: tags.length - mostTags })}
    </span>
  );
}
