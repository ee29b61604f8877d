import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { asErrorValue, useClient } from '../../bridge/client.ts';
import { useMarksOfPages } from '../../bridge/review.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { Table } from '../../parts/table.tsx';
import { formatDay, formatTime } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { RowMarks } from '../review/row-marks.tsx';
import { filterText } from '../search/query-text.ts';
import { searchHref as hrefOf } from '../search/search-state.ts';
import styles from './cases-view.module.css';

const pageSize = 50;

interface CaseMembersProps {
  name: string;
  zone: string;
  /** Where all of them can be searched and read. */
  searchHref: string;
}

/** The conversations of a case, in order of their start, with who put them in. */
export function CaseMembers({ name, zone, searchHref }: CaseMembersProps) {
  const client = useClient();
  const members = useInfiniteQuery({
    queryKey: ['cases.members', name],
    queryFn: ({ signal, pageParam }) =>
      client.call('cases.members', { name, limit: pageSize, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => (pages.length * pageSize < page.total ? pages.length * pageSize : undefined),
  });
  const list = members.data?.pages.flatMap((page) => page.members) ?? [];
  const marks = useMarksOfPages((members.data?.pages ?? []).map((page) => page.members.map((member) => member.id)));
  const hits = useQuery({
    queryKey: ['search.page', 'case members', name, list.length],
    queryFn: async ({ signal }) => {
      const found = [];
      for (let offset = 0; offset < list.length; offset += 200) {
        const query = filterText('case', name);
        const input = { query, sort: 'oldest' as const, limit: 200, offset, timeZone: zone };
        found.push(...(await client.call('search.page', input, signal)).hits);
      }
      return new Map(found.map((hit) => [hit.id, hit]));
    },
    enabled: list.length > 0,
  });
  return (
    <section className={styles.section} aria-labelledby="members">
      <h2 id="members">{t('cases.members')}</h2>
      {members.error !== null && (
        <ErrorNotice error={asErrorValue(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.isPending && <Skeleton rows={6} label={t('state.loading')} />}
      {members.data !== undefined && list.length === 0 && <p className={styles.aside}>{t('cases.no-members')}</p>}
      {list.length > 0 && (
        <>
          <p>
            <Link href={searchHref}>{t('cases.search-members')}</Link>
          </p>
          <Table columns={[t('members.conversation'), t('members.started'), t('members.marks'), t('members.added')]}>
            {list.map((member) => {
              const hit = hits.data?.get(member.id);
              const found = marks.get(member.id);
              return (
                <tr key={member.id}>
                  <td>
                    <Link href={hrefOf({ query: filterText('case', name), sort: 'oldest', id: member.id })}>
                      <bdi>{hit?.customer ?? member.id}</bdi>
                    </Link>
                    {hit !== undefined && hit.agents.length > 0 && <bdi> → {hit.agents.join(', ')}</bdi>}
                  </td>
                  <td>{hit !== undefined && `${formatDay(hit.startedAt, zone)} ${formatTime(hit.startedAt, zone)}`}</td>
                  <td>{found !== undefined && <RowMarks marks={found} />}</td>
                  <td>{t('holds.since.by', { day: formatDay(member.addedAt, zone), by: member.addedBy })}</td>
                </tr>
              );
            })}
          </Table>
          {members.hasNextPage && (
            <div>
              <Button size="small" isDisabled={members.isFetchingNextPage} onPress={() => void members.fetchNextPage()}>
                {t('cases.more-members')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
