import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { ErrorValue } from '../../../preload/errors.ts';
import { IconButton } from '../../parts/button.tsx';
import { t } from '../../text/text.ts';
import { SuggestionList, suggestionId } from './suggestion-list.tsx';
import { useSuggestions } from './use-suggestions.ts';
import type { Suggestion } from './use-suggestions.ts';
import styles from './query-field.module.css';

export interface QueryFieldHandle {
  focus: () => void;
  /** With the caret behind the text, ready for more. */
  goOn: () => void;
}

interface QueryFieldProps {
  query: string;
  problem: ErrorValue | null;
  zone: string;
  history: readonly string[];
  onType: (query: string) => void;
  onSubmit: () => void;
  handle: Ref<QueryFieldHandle>;
}

/** The one field. Everything the facets do can be read and typed here; it completes fields, values and former searches. */
export function QueryField({ query, problem, zone, history, onType, onSubmit, handle }: QueryFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(query.length);
  const [wanted, setWanted] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(query, caret, zone, history, wanted);
  const open = wanted && suggestions.length > 0;
  // Where the caret belongs once the text that it belongs to is there.
  const next = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (next.current === null) return;
    input.current?.setSelectionRange(next.current, next.current);
    next.current = null;
  });
  useImperativeHandle(handle, () => ({
    focus: () => {
      input.current?.focus();
      input.current?.select();
    },
    goOn: () => {
      setCaret(query.length);
      setWanted(true);
      input.current?.focus();
      input.current?.setSelectionRange(query.length, query.length);
    },
  }));
  const close = () => {
    setWanted(false);
    setActive(-1);
  };
  const choose = ({ completed, whole }: Suggestion) => {
    next.current = completed.caret;
    setCaret(completed.caret);
    setActive(-1);
    setWanted(!whole);
    onType(completed.query);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = suggestions[active];
    if (event.key === 'ArrowDown') {
      if (open) setActive((active + 1) % suggestions.length);
      else if (query === '' && !wanted) setWanted(true);
      else onSubmit();
    } else if (event.key === 'ArrowUp' && open) setActive(active <= 0 ? suggestions.length - 1 : active - 1);
    else if (event.key === 'Enter' && open && chosen !== undefined) choose(chosen);
    else if (event.key === 'Escape' && open) close();
    else return;
    event.preventDefault();
  };
  return (
    <form
      role="search"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        close();
        onSubmit();
      }}
    >
      <div className={clsx(styles.box, problem !== null && styles.wrong)}>
        <Search size={16} aria-hidden className={clsx(styles.icon)} />
        <input
          ref={input}
          className={styles.input}
          type="text"
          role="combobox"
          value={query}
          onChange={(event) => {
            setCaret(event.target.selectionStart ?? event.target.value.length);
            setWanted(true);
            setActive(-1);
            onType(event.target.value);
          }}
          onClick={(event) => {
            setCaret(event.currentTarget.selectionStart ?? 0);
            setWanted(query === '');
          }}
          onBlur={close}
          onKeyDown={onKeyDown}
          aria-label={t('search.field')}
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={open && active >= 0 ? suggestionId(listId, active) : undefined}
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
      {open && <SuggestionList id={listId} suggestions={suggestions} active={active} onChoose={choose} />}
    </form>
  );
}
