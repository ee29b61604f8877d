import { useInfiniteQuery } from '@tanstack/react-query';
import type { SyncLogEntry } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Journal } from '../../parts/journal.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatDuration, formatMoment, formatSeconds } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './run-log.module.css';

const pageSize = 20;

/** What each sync did, newest first: how long, how much, how it ended and, where it did not end well, what to do. */
export function RunLog({ zone }: { zone: string }) {
  const client = useClient();
  const log = useInfiniteQuery({
    queryKey: ['sync.log'],
    queryFn: ({ signal, pageParam }) =>
      client.call('sync.log', { limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.id),
  });
  const runs = log.data?.pages.flat() ?? [];
  return (
    <section className={styles.log} aria-labelledby="runs">
      <h2 id="runs">{t('runs.title')}</h2>
      {log.error !== null && <ErrorNotice error={asErrorValue(log.error)} onRetry={() => void log.refetch()} />}
      {log.data !== undefined && runs.length === 0 && <p className={styles.aside}>{t('runs.none')}</p>}
      {runs.length > 0 && (
        <Journal
          columns={[t('runs.started'), t('runs.what'), t('runs.took'), t('runs.outcome')]}
          older={
            log.hasNextPage
              ? { label: t('runs.older'), busy: log.isFetchingNextPage, onShow: () => void log.fetchNextPage() }
              : undefined
          }
        >
          {runs.map((run) => (
            <tr key={run.id}>
              <td>{formatMoment(run.startedAt, zone)}</td>
              <td>
                {t(`source.${run.source}`)} · {run.accountId}
              </td>
              <td>{run.endedAt === null ? '–' : formatDuration(run.endedAt - run.startedAt)}</td>
              <td>
                <Outcome run={run} zone={zone} />
              </td>
            </tr>
          ))}
        </Journal>
      )}
    </section>
  );
}

function Outcome({ run, zone }: { run: SyncLogEntry; zone: string }) {
  return (
    <>
      <p>
        <span data-state={run.state} className={styles.state}>
          {t(`runs.state.${run.state}`)}
        </span>
        {' · '}
        {t('runs.requests', { count: run.requests })},{' '}
        {t('runs.figures', { received: run.received, added: run.added, changed: run.changed })}
      </p>
      {run.windowsIncomplete > 0 && (
        <p className={styles.doubt}>{t('runs.windows-incomplete', { count: run.windowsIncomplete })}</p>
      )}
      {run.error !== null && run.state !== 'cancelled' && <p className={styles.error}>{run.error.message}</p>}
      <Advice run={run} />
      {run.events.length > 0 && (
        <details className={styles.events}>
          <summary>{t('runs.events', { count: run.events.length })}</summary>
          <ul>
            {run.events.map((event, index) => (
              <li key={index} data-level={event.level}>
                <time dateTime={new Date(event.time).toISOString()}>{formatSeconds(event.time, zone)}</time>{' '}
                {event.level !== 'info' && <b>{t(`runs.level.${event.level}`)} </b>}
                {event.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What to do: the engine's hint where it has one, else what follows from how the run ended. */
function Advice({ run }: { run: SyncLogEntry }) {
  if (run.state === 'complete' || run.state === 'running') return null;
  // Stopping a run is no failure of it: the engine's words for that are for other callers.
  const hint = run.state === 'cancelled' ? null : run.error?.hint;
  return <p className={styles.aside}>{hint ?? t(`runs.advice.${run.state}`)}</p>;
}
