import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Output } from '../../../preload/contract.ts';
import type { ErrorValue } from '../../../preload/errors.ts';
import { useJobs } from '../../bridge/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/notice.tsx';
import { t } from '../../text/text.ts';
import { readFilters, removeFilter } from './query-text.ts';
import type { Results } from './use-results.ts';
import styles from './list-state.module.css';

interface ListStateProps {
  results: Results;
  query: string;
  suggestions: NonNullable<Output<'search.count'>['suggestions']>;
  problem: ErrorValue | null;
  error: ErrorValue | null;
  onQuery: (query: string) => void;
  children: ReactNode;
}

/** What stands where the list will be: nothing yet, nothing found, an error, or the list. */
export function ListState({ results, query, suggestions, problem, error, onQuery, children }: ListStateProps) {
  const syncing = useJobs().data?.some((job) => job.kind === 'sync' && job.state === 'running') ?? false;
  if (error !== null && problem === null) {
    return (
      <div className={styles.padded}>
        <ErrorNotice error={error} onRetry={results.retry} />
      </div>
    );
  }
  if (results.loading) return <Skeleton rows={12} label={t('state.loading')} />;
  if (problem !== null && results.length === 0)
    return <Empty title={t('search.problem')}>{t('search.problem.what')}</Empty>;
  if (results.length > 0) return children;
  if (query.trim() === '') {
    return syncing ? (
      <Empty title={t('search.filling')}>{t('search.filling.what')}</Empty>
    ) : (
      <Empty title={t('search.empty-archive')} action={<Link href="/coverage">{t('search.to-coverage')}</Link>}>
        {t('search.empty-archive.what')}
      </Empty>
    );
  }
  const [filter] = readFilters(query).toReversed();
  return (
    <Empty
      title={t('search.nothing')}
      action={
        filter === undefined ? (
          <Button onPress={() => onQuery('')}>{t('search.clear')}</Button>
        ) : (
          <Button onPress={() => onQuery(removeFilter(query, filter))}>
            {t('search.without', { filter: query.slice(filter.start, filter.end) })}
          </Button>
        )
      }
    >
      {suggestions.length === 0 && t('search.nothing.what')}
      {suggestions.map((item) => (
        <p key={item.query}>
          {t('search.did-you-mean', { term: item.term })}{' '}
          <button type="button" className={styles.suggestion} onClick={() => onQuery(item.query)}>
            {item.suggestion}
          </button>
          ?
        </p>
      ))}
    </Empty>
  );
}
