import { useQuery } from '@tanstack/react-query';
import type { SyncLogEntry } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatDuration, formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './run-log.module.css';

/** What each sync did, newest first: how long, how much, how it ended and, if it failed, why. */
export function RunLog({ zone }: { zone: string }) {
  const client = useClient();
  const log = useQuery({
    queryKey: ['sync.log'],
    queryFn: ({ signal }) => client.call('sync.log', { limit: 30 }, signal),
  });
  return (
    <section className={styles.log} aria-labelledby="runs">
      <h2 id="runs">{t('runs.title')}</h2>
      {log.error !== null && <ErrorNotice error={asErrorValue(log.error)} onRetry={() => void log.refetch()} />}
      {log.data?.length === 0 && <p className={styles.aside}>{t('runs.none')}</p>}
      {log.data !== undefined && log.data.length > 0 && (
        <div className={styles.scroller}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('runs.started')}</th>
                <th scope="col">{t('runs.what')}</th>
                <th scope="col">{t('runs.took')}</th>
                <th scope="col">{t('runs.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {log.data.map((run) => (
                <tr key={run.id}>
                  <td>{formatMoment(run.startedAt, zone)}</td>
                  <td>
                    {t(`source.${run.source}`)} · {run.accountId}
                  </td>
                  <td>{run.endedAt === null ? '–' : formatDuration(run.endedAt - run.startedAt)}</td>
                  <td className={styles.outcome}>
                    <Outcome run={run} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Outcome({ run }: { run: SyncLogEntry }) {
  return (
    <>
      <span data-state={run.state} className={styles.state}>
        {t(`runs.state.${run.state}`)}
      </span>
      {' · '}
      {t('runs.requests', { count: run.requests })},{' '}
      {t('runs.figures', { received: run.received, added: run.added, changed: run.changed })}
      {run.error !== null && (
        <p className={styles.error}>
          {run.error.message} {run.error.hint}
        </p>
      )}
    </>
  );
}
