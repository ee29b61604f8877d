import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import type { ErrorValue } from '../../../preload/errors.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import styles from './query-field.module.css';

export interface QueryFieldHandle {
  focus: () => void;
}

interface QueryFieldProps {
  query: string;
  problem: ErrorValue | null;
  onType: (query: string) => void;
  onSubmit: () => void;
  handle: Ref<QueryFieldHandle>;
}

/** The one field. Everything the facets do can be read and typed here. */
export function QueryField({ query, problem, onType, onSubmit, handle }: QueryFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(handle, () => ({
    focus: () => {
      input.current?.focus();
      input.current?.select();
    },
  }));
  return (
    <form
      role="search"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={clsx(styles.box, problem !== null && styles.wrong)}>
        <Search size={16} aria-hidden className={clsx(styles.icon)} />
        <input
          ref={input}
          className={styles.input}
          type="text"
          value={query}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            onSubmit();
          }}
          aria-label={t('search.field')}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? 'query-words' : 'query-problem'}
          placeholder={t('search.placeholder')}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          dir="auto"
          enterKeyHint="search"
        />
        {query === '' ? (
          <kbd className={styles.key} aria-hidden>
            /
          </kbd>
        ) : (
          <IconButton
            label={t('search.clear')}
            size="small"
            onPress={() => {
              onType('');
              input.current?.focus();
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </form>
  );
}

/** What is wrong with the query, and where: the place is shown in the text itself. */
export function QueryProblem({ query, problem }: { query: string; problem: ErrorValue }) {
  const at = problem.details?.['position'];
  const position = typeof at === 'number' ? Math.min(at, query.length) : null;
  return (
    <div className={styles.problem} id="query-problem" role="alert">
      {position !== null && (
        <code className={styles.where} aria-hidden dir="ltr">
          {position > 48 && '…'}
          {query.slice(Math.max(0, position - 48), position)}
          <span className={styles.spot}>{query.slice(position, position + 24) || ' '}</span>
        </code>
      )}
      <span>
        {problem.message} {problem.hint}
      </span>
    </div>
  );
}
