import type { SourceStatus } from '../../../preload/model.ts';
import { useJobs, useStartSync } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { countDays } from './coverage-days.ts';
import type { DayRange } from './coverage-days.ts';

/** What is lost for good, and what will be unless it is fetched now. Nothing while all is safe. */
export function RetentionClock({ source, accountId }: { source: SourceStatus; accountId: string }) {
  const jobs = useJobs().data ?? [];
  const sync = useStartSync();
  const lost = source.permanentGaps ?? [];
  const closing = source.gapsBecomingPermanent ?? [];
  const syncing = jobs.some((job) => job.kind === 'sync' && job.state === 'running');
  return (
    <>
      {lost.length > 0 && (
        <Notice tone="error" title={t('coverage.permanent', { count: countDays(lost) })}>
          <p>{rangeWords(lost)}</p>
        </Notice>
      )}
      {closing.length > 0 && (
        <Notice
          tone="warning"
          title={t('coverage.becoming', { count: countDays(closing) })}
          actions={
            <Button
              size="small"
              isDisabled={syncing || sync.isPending}
              onPress={() => sync.mutate({ accountId, source: source.source })}
            >
              {syncing ? t('coverage.syncing') : t('coverage.sync-source', { source: t(`source.${source.source}`) })}
            </Button>
          }
        >
          <p>{rangeWords(closing)}</p>
        </Notice>
      )}
    </>
  );
}

/** `3 – 9 Mar 2026, 12 Mar 2026`: the first few ranges in full, the rest as a number. */
function rangeWords(ranges: readonly DayRange[]): string {
  const named = ranges
    .slice(0, 6)
    .map(({ from, to }) => (from === to ? utcDay(from) : `${utcDay(from)} – ${utcDay(to)}`));
  const rest = ranges.length - named.length;
  return rest > 0 ? t('coverage.ranges-more', { ranges: named.join(', '), count: rest }) : `${named.join(', ')}.`;
}

const utcDay = (day: string) => formatDay(Date.parse(`${day}T00:00:00Z`), 'UTC');
