import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Queue } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';
import { useZone } from '../../state/use-zone.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { tellError } from '../review/use-review-actions.tsx';
import { queueHref } from './hrefs.ts';
import styles from './cases-view.module.css';

/** Lists of conversations to decide about, one after the other. */
export function QueueTable() {
  const client = useClient();
  const zone = useZone();
  const queues = useQuery({
    queryKey: ['queues.list'],
    queryFn: ({ signal }) => client.call('queues.list', {}, signal),
  });
  const remove = useMutation({
    mutationFn: (name: string) => client.call('queues.remove', { name }),
    onSuccess: () => queues.refetch(),
    onError: tellError,
  });
  return (
    <section className={styles.section} aria-labelledby="queues">
      <h2 id="queues">{t('queues.title')}</h2>
      {queues.error !== null && (
        <ErrorNotice error={asErrorValue(queues.error)} onRetry={() => void queues.refetch()} />
      )}
      {queues.isPending && <Skeleton rows={3} label={t('state.loading')} />}
      {queues.data?.length === 0 && <p className={styles.aside}>{t('queues.empty')}</p>}
      {queues.data !== undefined && queues.data.length > 0 && (
        <Table columns={[t('queues.name'), t('queues.of'), t('queues.made'), t('queues.progress'), t('queues.do')]}>
          {queues.data.map((queue) => (
            <tr key={queue.name}>
              <td>
                <Link href={queueHref(queue.name)}>{queue.name}</Link>
              </td>
              <td>{sourceWords(queue)}</td>
              <td>{formatDay(queue.createdAt, zone)}</td>
              <td>{t('progress.of', { reviewed: queue.progress.reviewed, total: queue.progress.total })}</td>
              <td>
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={t('queues.remove-named', { name: queue.name })}
                  isDisabled={remove.isPending}
                  onPress={() => remove.mutate(queue.name)}
                >
                  {t('queues.remove')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

function sourceWords(queue: Queue): string {
  if (queue.sample !== null) return t('queues.of.sample', { size: queue.sample.size, of: queue.sample.of });
  if (queue.case !== null) return t('queues.of.case', { name: queue.case });
  return queue.query === null ? t('queues.of.selection') : t('queues.of.search');
}
