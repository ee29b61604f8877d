import type { SourceStatus } from '../../../preload/model.ts';
import { Notice } from '../../parts/notice.tsx';
import { useNow } from '../../state/use-now.ts';
import { formatDay, formatMoment, formatNumber, formatRelative } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { Calendar } from './calendar.tsx';
import { summarise } from './coverage-days.ts';
import type { CoverageSummary } from './coverage-days.ts';
import { RetentionClock } from './retention-clock.tsx';
import styles from './source-coverage.module.css';

interface SourceCoverageProps {
  source: SourceStatus;
  accountId: string;
  zone: string;
}

const utcDay = (day: string) => formatDay(Date.parse(`${day}T00:00:00Z`), 'UTC');

/** One source of an account: the sentence an auditor can quote, the figures, the calendar. */
export function SourceCoverage({ source, accountId, zone }: SourceCoverageProps) {
  const now = useNow();
  const summary = summarise(source);
  return (
    <article className={styles.source} aria-label={t(`source.${source.source}`)}>
      <h3>{t(`source.${source.source}`)}</h3>
      {summary !== null && (
        <p className={styles.sentence}>
          {t('coverage.sentence', {
            from: utcDay(summary.from),
            to: utcDay(summary.to),
            state: stateWords(summary),
            reported: summary.reported,
            archived: summary.archived,
            when:
              source.lastSyncAt === null
                ? t('coverage.never-checked')
                : t('coverage.checked', { when: formatRelative(source.lastSyncAt, now) }),
          })}
        </p>
      )}
      {source.lastError !== null && (
        <Notice tone="error" title={source.lastError}>
          {t('error.nothing-lost')}
        </Notice>
      )}
      <RetentionClock source={source} accountId={accountId} />
      <dl className={styles.figures}>
        <Figure name={t('coverage.conversations')} value={formatNumber(source.conversations)} />
        <Figure name={t('coverage.messages')} value={formatNumber(source.messages)} />
        {source.repairsPending > 0 && (
          <Figure
            name={t('coverage.repairs')}
            value={formatNumber(source.repairsPending)}
            {...(source.nextRepairAt === null
              ? {}
              : { aside: t('coverage.next-repair', { when: formatMoment(source.nextRepairAt, zone) }) })}
          />
        )}
        {source.retention.nextDeletionDay !== null && (
          <Figure
            name={t('coverage.deletes', { day: utcDay(source.retention.nextDeletionDay) })}
            value={
              source.retention.archived || source.retention.conversations > 0
                ? formatNumber(source.retention.conversations)
                : t('coverage.uncounted')
            }
            aside={source.retention.archived ? t('coverage.safe') : t('coverage.not-safe')}
            alarm={!source.retention.archived}
          />
        )}
      </dl>
      <Calendar
        coverage={source.coverage}
        source={source.source}
        accountId={accountId}
        finished={source.lastSyncAt !== null}
      />
    </article>
  );
}

function stateWords({ days }: CoverageSummary): string {
  if (days.gap > 0) return t('coverage.gaps', { count: days.gap });
  if (days.never > 0) return t('coverage.unasked', { count: days.never });
  return days.pending > 0 ? t('coverage.provisional', { count: days.pending }) : t('coverage.complete');
}

function Figure({
  name,
  value,
  aside,
  alarm = false,
}: {
  name: string;
  value: string;
  aside?: string;
  alarm?: boolean;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      {aside !== undefined && (
        <dd className={styles.aside} data-alarm={alarm ? '' : undefined}>
          {aside}
        </dd>
      )}
    </div>
  );
}
