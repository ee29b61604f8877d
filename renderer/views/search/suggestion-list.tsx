import { clsx } from 'clsx';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import type { Suggestion } from './use-suggestions.ts';
import styles from './suggestion-list.module.css';

interface SuggestionListProps {
  id: string;
  suggestions: readonly Suggestion[];
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}

export const suggestionId = (list: string, index: number) => `${list}-${index}`;

/** Under the field: what could stand at the caret. The focus stays in the field, which names the active line. */
export function SuggestionList({ id, suggestions, active, onChoose }: SuggestionListProps) {
  return (
    <div id={id} role="listbox" className={styles.list} aria-label={t('suggest.label')}>
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.key}
          id={suggestionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={clsx(styles.item, index === active && styles.active)}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          <bdi className={styles.label}>{suggestion.label}</bdi>
          <span className={styles.detail}>{suggestion.detail}</span>
          {suggestion.total !== null && <span className={styles.total}>{formatNumber(suggestion.total)}</span>}
        </div>
      ))}
    </div>
  );
}
