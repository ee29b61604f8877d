import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustodyEntry } from '../../../preload/model.ts';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { Skeleton } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { Journal } from '../../parts/journal.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { formatNumber, formatSeconds, formatDay } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { kindWords, knownKinds } from './kinds.ts';
import view from './custody-view.module.css';
import styles from './custody-log.module.css';

const pageSize = 50;
const mostSubjects = 3;

/** The custody log, newest first, by kind. */
export function CustodyLog({ zone }: { zone: string }) {
  const client = useClient();
  const [kind, setKind] = useState('all');
  const log = useInfiniteQuery({
    queryKey: ['custody.list', kind],
    queryFn: ({ signal, pageParam }) =>
      client.call(
        'custody.list',
        {
          limit: pageSize,
          ...(kind === 'all' ? {} : { kinds: [kind] }),
          ...(pageParam === null ? {} : { before: pageParam }),
        },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchOnMount: 'always',
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className={view.section} aria-labelledby="custody-log">
      <h2 id="custody-log">{t('custody.log')}</h2>
      <div className={styles.filter}>
        <Select
          label={t('custody.log.kind')}
          choices={[
            { id: 'all', label: t('custody.log.all') },
            ...knownKinds.map((known) => ({ id: known, label: kindWords(known) })),
          ]}
          value={kind}
          onChange={setKind}
        />
      </div>
      {log.error !== null && <ErrorNotice error={asErrorValue(log.error)} onRetry={() => void log.refetch()} />}
      {log.isPending && <Skeleton rows={6} label={t('state.loading')} />}
      {log.data !== undefined && entries.length === 0 && <p className={styles.aside}>{t('custody.log.none')}</p>}
      {entries.length > 0 && (
        <Journal
          columns={[t('custody.log.when'), t('custody.log.entry'), t('custody.log.who'), t('custody.log.what')]}
          older={
            log.hasNextPage
              ? { label: t('custody.log.older'), busy: log.isFetchingNextPage, onShow: () => void log.fetchNextPage() }
              : undefined
          }
        >
          {entries.map((entry) => (
            <Row key={entry.position} entry={entry} zone={zone} />
          ))}
        </Journal>
      )}
    </section>
  );
}

function Row({ entry, zone }: { entry: CustodyEntry; zone: string }) {
  const { time, user, host, subjects, details, position } = entry;
  const facts = Object.entries(details);
  return (
    <tr>
      <td>
        {time !== null && (
          <time dateTime={new Date(time).toISOString()}>
            {formatDay(time, zone)} {formatSeconds(time, zone)}
          </time>
        )}
      </td>
      <td>{formatNumber(position)}</td>
      <td>{user === null || host === null ? t('custody.log.nobody') : t('custody.log.by', { user, host })}</td>
      <td>
        <p>{kindWords(entry.kind)}</p>
        {subjects.length > 0 && (
          <p className={styles.aside}>
            {subjects.slice(0, mostSubjects).join(', ')}
            {subjects.length > mostSubjects &&
              ` ${t('custody.log.subjects-more', { count: subjects.length - mostSubjects })}`}
          </p>
        )}
        {facts.length > 0 && (
          <details className={styles.details}>
            <summary>{t('custody.log.details')}</summary>
            <dl>
              {facts.map(([name, value]) => (
                <div key={name} className={styles.fact}>
                  <dt>{name}</dt>
                  <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </td>
    </tr>
  );
}
