import { X } from 'lucide-react';
import { t } from '../../text/text.ts';
import { facetLabel, fieldLabel } from './facet-words.ts';
import { readFilters, removeFilter } from './query-text.ts';
import styles from './filter-chips.module.css';

interface FilterChipsProps {
  query: string;
  /** Fields whose filters are to be seen elsewhere. */
  except: readonly string[];
  onChange: (query: string) => void;
}

/** The query's filters that no facet shows: each can be taken out. */
export function FilterChips({ query, except, onChange }: FilterChipsProps) {
  const filters = readFilters(query).filter((filter) => filter.negated || !except.includes(filter.field));
  if (filters.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('search.active-filters')}>
      {filters.map((filter) => {
        const values = filter.values.map((value) => facetLabel(filter.field, value, value)).join(', ');
        const words = `${filter.negated ? `${t('search.not')} ` : ''}${fieldLabel(filter.field)}: ${values}`;
        return (
          <li key={filter.start}>
            <button
              type="button"
              className={styles.chip}
              aria-label={t('search.remove-filter', { filter: words })}
              onClick={() => onChange(removeFilter(query, filter))}
            >
              <bdi>{words}</bdi>
              <X size={12} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
