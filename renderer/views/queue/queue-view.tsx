import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import { QueueDesk } from './queue-desk.tsx';
import styles from './queue-view.module.css';

/** The review list that the address names. */
export function QueueView() {
  const client = useClient();
  const name = new URLSearchParams(useSearch()).get('name') ?? '';
  const queue = useQuery({
    queryKey: ['queues.get', name],
    queryFn: ({ signal }) => client.call('queues.get', { name }, signal),
    // Where the reviewer was is asked for again whenever the list is opened.
    gcTime: 0,
  });
  return (
    <main className={styles.view}>
      {queue.isPending && <Skeleton rows={10} label={t('state.loading')} />}
      {queue.error !== null && (
        <div className={styles.padded}>
          <h1>{t('queues.name')}</h1>
          <ErrorNotice error={asErrorValue(queue.error)} onRetry={() => void queue.refetch()} />
          <Link href="/cases">{t('queue.to-cases')}</Link>
        </div>
      )}
      {queue.data !== undefined &&
        (queue.data.progress.total === 0 ? (
          <>
            <h1 className="visually-hidden">{queue.data.name}</h1>
            <Empty title={t('queue.empty')} action={<Link href="/cases">{t('queue.to-cases')}</Link>}>
              {t('queue.empty.what')}
            </Empty>
          </>
        ) : (
          <QueueDesk key={name} queue={queue.data} />
        ))}
    </main>
  );
}
