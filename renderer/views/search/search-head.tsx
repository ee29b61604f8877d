import { clsx } from 'clsx';
import { Download, PanelLeft } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import type { Output } from '../../../preload/contract.ts';
import type { ErrorValue } from '../../../preload/errors.ts';
import type { Sort } from '../../../preload/model.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Segments } from '../../parts/segments.tsx';
import { t } from '../../text/text.ts';
import { FilterChips } from './filter-chips.tsx';
import { QueryField } from './query-field.tsx';
import { QueryProblem } from './query-problem.tsx';
import type { QueryFieldHandle } from './query-field.tsx';
import type { SearchState } from './search-state.ts';
import styles from './search-head.module.css';

const sortChoices: readonly { id: Sort; label: string }[] = [
  { id: 'newest', label: t('search.sort.newest') },
  { id: 'oldest', label: t('search.sort.oldest') },
  { id: 'relevance', label: t('search.sort.relevance') },
];

interface SearchHeadProps {
  state: SearchState;
  problem: ErrorValue | null;
  count: Output<'search.count'> | undefined;
  countStale: boolean;
  single: boolean;
  filtersShown: boolean;
  onFilters: () => void;
  onSubmit: () => void;
  onExport: () => void;
  field: Ref<QueryFieldHandle>;
  zone: string;
  history: readonly string[];
  /** Fields that the panel shows: their filters need no chip. */
  inPanel: readonly string[];
  /** What else can be done with the search. */
  more: ReactNode;
}

/** The field with the exact count, how the query was understood, and the order of the results. */
export function SearchHead(props: SearchHeadProps) {
  const { state, problem, count, countStale, single, filtersShown, onFilters, onSubmit, onExport, field } = props;
  const { zone, history, inPanel, more } = props;
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <QueryField
          query={state.query}
          problem={problem}
          zone={zone}
          history={history}
          onType={state.type}
          onSubmit={onSubmit}
          handle={field}
        />
        <p className={clsx(styles.total, countStale && styles.stale)} aria-live="polite">
          {count === undefined ? '\u00A0' : t('search.total', { count: count.total })}
        </p>
        <Button isDisabled={problem !== null || count?.total === 0} onPress={onExport}>
          <Download size={14} aria-hidden />
          {t('search.export')}
        </Button>
        {more}
      </div>
      <div className={styles.second}>
        {single ? (
          <Button size="small" onPress={onFilters}>
            {t('search.filters')}
          </Button>
        ) : (
          <IconButton label={t('search.filters')} size="small" pressed={filtersShown} onPress={onFilters}>
            <PanelLeft size={16} aria-hidden />
          </IconButton>
        )}
        <div className={styles.understood}>
          {problem === null ? (
            <p id="query-words" className={styles.words}>
              {state.query !== '' && count !== undefined && t('search.understood', { words: count.understoodAs })}
            </p>
          ) : (
            <QueryProblem query={state.query} problem={problem} />
          )}
          {state.zone !== null && (
            <p className={styles.zone}>
              {t('search.in-zone', { zone: state.zone })}{' '}
              <Button kind="quiet" size="small" onPress={() => state.go({ zone: null })}>
                {t('search.own-zone')}
              </Button>
            </p>
          )}
          {count?.index !== undefined && (
            <p className={styles.index} role="status">
              {t('search.index-incomplete', { indexed: count.index.indexed, total: count.index.total })}
            </p>
          )}
          <FilterChips query={state.query} except={inPanel} onChange={(query) => state.go({ query })} />
        </div>
        <Segments
          label={t('search.sort')}
          choices={sortChoices}
          value={state.sort}
          onChange={(sort) => state.go({ sort })}
        />
      </div>
    </div>
  );
}
