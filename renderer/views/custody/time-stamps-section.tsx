import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimeStampFacts } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { formatMoment } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { usePlace } from './use-place.ts';
import styles from './custody-view.module.css';

/** Asking an authority outside to say when a checkpoint was there: a query out, a reply in. */
export function TimeStampsSection({ size, zone }: { size: number; zone: string }) {
  const client = useClient();
  const queries = useQueryClient();
  const place = usePlace();
  const [query, setQuery] = useState<string | null>(null);
  const [reply, setReply] = useState('');
  const list = useQuery({
    queryKey: ['custody.timeStamps'],
    queryFn: ({ signal }) => client.call('custody.timeStamps', {}, signal),
    refetchOnMount: 'always',
  });
  const target = (query ?? place(`checkpoint-${size}.tsq`)).trim();
  const onSettled = () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('custody.') });
  const ask = useMutation({
    mutationFn: () => client.call('custody.askForTimeStamp', { file: target }),
    onSuccess: ({ path }) => toast(t('custody.stamps.asked', { path })),
    onSettled,
  });
  const keep = useMutation({
    mutationFn: () => client.call('custody.keepTimeStamp', { file: reply.trim() }),
    onSuccess() {
      setReply('');
      toast(t('custody.stamps.kept'));
    },
    onSettled,
  });
  const stamps = list.data?.timeStamps ?? [];
  return (
    <section className={styles.section} aria-labelledby="time-stamps">
      <h2 id="time-stamps">{t('custody.stamps')}</h2>
      <p className={styles.text}>{t('custody.stamps.what')}</p>
      <TextField label={t('custody.stamps.query')} value={target} onChange={setQuery} mono />
      <div className={styles.actions}>
        <Button size="small" isDisabled={target === '' || ask.isPending} onPress={() => ask.mutate()}>
          {t('custody.stamps.ask')}
        </Button>
      </div>
      {ask.error !== null && <ErrorNotice error={asErrorValue(ask.error)} />}
      <TextField label={t('custody.stamps.reply')} value={reply} onChange={setReply} mono />
      <div className={styles.actions}>
        <Button size="small" isDisabled={reply.trim() === '' || keep.isPending} onPress={() => keep.mutate()}>
          {t('custody.stamps.keep')}
        </Button>
      </div>
      {keep.error !== null && <ErrorNotice error={asErrorValue(keep.error)} />}
      {list.error !== null && <ErrorNotice error={asErrorValue(list.error)} onRetry={() => void list.refetch()} />}
      {stamps.length > 0 && (
        <ul className={styles.claims} aria-label={t('custody.stamps.list')}>
          {stamps.map((stamp) => (
            <li key={stamp.id}>{stampWords(stamp, zone)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function stampWords({ size, askedAt, receivedAt, stamp }: TimeStampFacts, zone: string): string {
  if (stamp !== null) {
    const { time, authority } = stamp;
    return t('custody.stamps.given', { count: size, when: formatMoment(time, zone), authority });
  }
  const when = formatMoment(receivedAt ?? askedAt, zone);
  return receivedAt === null
    ? t('custody.stamps.awaited', { count: size, when })
    : t('custody.stamps.broken', { count: size, when });
}
