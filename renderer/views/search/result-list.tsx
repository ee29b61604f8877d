import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, Ref } from 'react';
import { useImperativeHandle } from 'react';
import type { ReviewMarks } from '../../../preload/model.ts';
import { useSettings } from '../../bridge/queries.ts';
import { useNow } from '../../state/use-now.ts';
import { t } from '../../text/text.ts';
import type { Column } from './columns.ts';
import { ResultRow } from './result-row.tsx';
import { pagesOf } from './paging.ts';
import type { Results } from './use-results.ts';
import type { Selection } from './use-selection.ts';
import { hasPlace, useScrollMemory } from './use-scroll-memory.ts';
import { useRowWindow } from './use-window.ts';
import styles from './result-list.module.css';

export interface ResultListHandle {
  focus: () => void;
}

interface ResultListProps {
  results: Results;
  zone: string;
  selected: number;
  selectedId: string | null;
  onSelect: (index: number) => void;
  /** The rows that the next action is about. */
  selection: Selection;
  /** Selects the rows between the last one touched and this. */
  onRange: (index: number) => void;
  onToggle: (index: number) => void;
  marks: ReadonlyMap<string, ReviewMarks>;
  columns: readonly Column[];
  onOpen: () => void;
  /** The pages that are in view. */
  onPages: (pages: number[]) => void;
  handle: Ref<ResultListHandle>;
}

/** Rows beyond those in view that are fetched before anybody scrolls to them. */
const ahead = 30;
const rowHeights = { compact: 64, comfortable: 86 } as const;

/**
 * A list box of any length. Only the rows in view exist; the focus stays on the box and `aria-activedescendant`
 * names the current row, so that nothing is lost when a row scrolls away.
 */
export function ResultList(props: ResultListProps) {
  const {
    results,
    zone,
    selected,
    selectedId,
    onSelect,
    selection,
    onRange,
    onToggle,
    marks,
    columns,
    onOpen,
    onPages,
    handle,
  } = props;
  const density = useSettings().data?.density ?? 'comfortable';
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(600_000);
  const rows = useRowWindow(scroller, results.length, rowHeights[density]);
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus() }));

  const pages = pagesOf(rows.first - ahead, Math.min(rows.last + ahead, results.length - 1)).join(' ');
  useEffect(() => {
    onPages(pages.split(' ').map(Number));
  }, [pages, onPages]);

  const { reveal } = rows;
  const revealLater = useRef(reveal);
  useEffect(() => {
    revealLater.current = reveal;
  });
  const list = `${results.sort} ${results.query}`;
  // After a reload the place in the list counts, not the row that was being read.
  const cameBackTo = useRef(hasPlace(list) ? selectedId : null);
  useEffect(() => {
    if (selected < 0 || selectedId === cameBackTo.current) return;
    cameBackTo.current = null;
    revealLater.current(selected);
  }, [selected, selectedId]);
  const onScroll = useScrollMemory(scroller, list, rows.height);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, rows.last - rows.first - 9);
    const steps: Record<string, number> = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: results.length - 1,
    };
    const target = steps[event.key];
    const modified = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter') onOpen();
    else if (modified && event.key.toLowerCase() === 'a') selection.selectAll();
    else if (target === undefined || modified) return;
    else {
      const index = Math.min(results.length - 1, Math.max(0, target));
      if (event.shiftKey) onRange(index);
      onSelect(index);
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, index: number) => {
    const onCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    if (event.shiftKey) onRange(index);
    else if (onCheck || event.ctrlKey || event.metaKey) onToggle(index);
    else onSelect(index);
  };

  const shown = Array.from({ length: Math.max(0, rows.last - rows.first + 1) }, (_, step) => rows.first + step);
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={clsx(styles.list, results.stale && styles.stale)}
        role="listbox"
        tabIndex={0}
        aria-label={t('search.results')}
        data-selecting={selection.count > 0 ? '' : undefined}
        aria-busy={results.stale}
        aria-activedescendant={selected >= rows.first && selected <= rows.last ? `result-${selected}` : undefined}
        onScroll={() => {
          rows.onScroll();
          onScroll();
        }}
        onKeyDown={onKeyDown}
        data-density={density}
      >
        <div role="presentation" className={styles.area} style={{ height: rows.height }}>
          {shown.map((index) => {
            const hit = results.rowAt(index);
            const chosen = hit !== undefined && selection.has(hit.id);
            return (
              <div
                key={index}
                id={`result-${index}`}
                role="option"
                aria-selected={index === selected}
                aria-checked={chosen}
                aria-posinset={index + 1}
                aria-setsize={results.length}
                className={styles.row}
                style={{ transform: `translateY(${rows.topOf(index)}px)`, height: rowHeights[density] }}
                onClick={(event) => onClick(event, index)}
                // Shift with a click means a range of rows, not of text.
                onMouseDown={(event) => {
                  if (event.shiftKey) event.preventDefault();
                }}
              >
                <span className={styles.check} data-check="" title={t('bulk.choose-row')} aria-hidden>
                  {chosen && <Check size={12} />}
                </span>
                {hit === undefined ? (
                  <span className={styles.blank}>{t('state.loading')}</span>
                ) : (
                  <ResultRow hit={hit} zone={zone} now={now} marks={marks.get(hit.id)} columns={columns} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
