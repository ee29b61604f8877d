import { clsx } from 'clsx';
import { useCallback, useRef, useState } from 'react';
import { asErrorValue } from '../../bridge/client.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { SplitHandle } from '../../parts/split-handle.tsx';
import { useShortcuts } from '../../state/shortcuts.ts';
import { useFoldedFacets, useSinglePane } from '../../state/use-media.ts';
import { isBoolean, isNumber, useStored } from '../../state/use-stored.ts';
import { useZone } from '../../state/use-zone.ts';
import { t } from '../../text/text.ts';
import { Reader } from '../conversation/reader.tsx';
import { usePrefetchConversations } from '../conversation/use-conversation.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { Histogram } from './histogram.tsx';
import { NothingChosen } from './nothing-chosen.tsx';
import type { QueryFieldHandle } from './query-field.tsx';
import { toggleFilter } from './query-text.ts';
import { ResultList } from './result-list.tsx';
import type { ResultListHandle } from './result-list.tsx';
import { ListState } from './list-state.tsx';
import { SearchHead } from './search-head.tsx';
import { useSearchState } from './search-state.ts';
import { useCount, useFacets, useResults } from './use-results.ts';
import styles from './search-view.module.css';

/** The workbench: field, results, reader. The address says everything that is shown. */
export function SearchView() {
  const state = useSearchState();
  const ownZone = useZone();
  const zone = state.zone ?? ownZone;
  const folded = useFoldedFacets();
  const single = useSinglePane();
  const [facetsShown, showFacets] = useStored('facets.shown', true, isBoolean);
  const [facetWidth, setFacetWidth] = useStored('pane.facets', 216, isNumber);
  const [listWidth, setListWidth] = useStored('pane.list', 500, isNumber);
  const [facetDialog, setFacetDialog] = useState(false);
  const [exporting, setExporting] = useState(false);
  const [pages, setPages] = useState<number[]>([0]);
  const field = useRef<QueryFieldHandle>(null);
  const list = useRef<ResultListHandle>(null);

  const count = useCount(state.query, zone);
  const total = count.isPlaceholderData ? undefined : count.data?.total;
  const results = useResults(state.query, state.sort, zone, total, pages);
  // Facets and histogram follow the list: a half-typed query that doesn't parse leaves them alone.
  const facets = useFacets(results.query, zone);

  const selected = state.id === null ? -1 : results.indexOf(state.id);
  const select = (index: number) => {
    const hit = results.rowAt(index);
    if (hit !== undefined) state.move({ id: hit.id, message: null });
  };
  const neighbours = [selected + 1, selected - 1].flatMap((index) =>
    selected < 0 || index < 0 ? [] : (results.rowAt(index)?.id ?? []),
  );
  usePrefetchConversations(neighbours, results.query);

  const reading = state.id !== null;
  const enterReader = () => {
    if (selected < 0) select(0);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-transcript]')?.focus());
  };
  const closeReader = () => {
    state.move({ id: null, message: null });
    requestAnimationFrame(() => list.current?.focus());
  };
  /** Esc goes back one level: transcript → list → field. */
  const stepBack = () => {
    const active = document.activeElement;
    if (active?.closest('[data-pane=reader]') !== null && active?.closest('[data-pane=reader]') !== undefined) {
      if (single) closeReader();
      else list.current?.focus();
    } else if (active?.getAttribute('role') === 'listbox') field.current?.focus();
    else if (reading) closeReader();
  };
  useShortcuts({
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
    },
    j: () => select(Math.min(selected + 1, results.length - 1)),
    k: () => select(Math.max(selected - 1, 0)),
    e: () => setExporting(true),
    Escape: stepBack,
  });

  const onToggle = (name: string, value: string) => state.go({ query: toggleFilter(state.query, name, value) });
  const onPages = useCallback((next: number[]) => setPages(next), []);
  const error = results.error === null ? null : asErrorValue(results.error);
  const problem = error?.code === 'invalid-input' ? error : null;
  const facetPanel = (
    <FacetPanel
      facets={facets.data?.facets ?? []}
      query={state.query}
      stale={facets.isPlaceholderData}
      onToggle={onToggle}
    />
  );
  const showList = !single || !reading;

  return (
    <main className={styles.view}>
      <h1 className="visually-hidden">{t('nav.search')}</h1>
      {showList && (
        <>
          <SearchHead
            state={state}
            problem={problem}
            count={count.data}
            countStale={count.isPlaceholderData}
            folded={folded}
            single={single}
            filtersShown={folded ? facetDialog : facetsShown}
            onFilters={() => (folded ? setFacetDialog(true) : showFacets(!facetsShown))}
            onSubmit={() => {
              if (results.length === 0) return;
              if (selected < 0 && !single) select(0);
              list.current?.focus();
            }}
            onExport={() => setExporting(true)}
            field={field}
          />
          <div className={styles.histogram}>
            <Histogram query={results.query} zone={zone} onQuery={(query) => state.go({ query })} />
          </div>
        </>
      )}
      <div className={styles.panes}>
        {!folded && facetsShown && (
          <>
            <nav className={styles.facets} style={{ width: facetWidth }} aria-label={t('search.filters')} tabIndex={-1}>
              {facetPanel}
            </nav>
            <SplitHandle
              label={t('search.resize-filters')}
              value={facetWidth}
              min={160}
              max={360}
              pane="before"
              onChange={setFacetWidth}
            />
          </>
        )}
        {showList && (
          <div className={clsx(styles.list, single && styles.whole)} style={single ? undefined : { width: listWidth }}>
            <ListState
              results={results}
              query={state.query}
              suggestions={count.data?.suggestions ?? []}
              problem={problem}
              error={error}
              onQuery={(query) => state.go({ query })}
            >
              <ResultList
                results={results}
                zone={zone}
                selected={selected}
                onSelect={select}
                onOpen={enterReader}
                onPages={onPages}
                handle={list}
              />
            </ListState>
          </div>
        )}
        {!single && (
          <SplitHandle
            label={t('search.resize-list')}
            value={listWidth}
            min={300}
            max={900}
            pane="before"
            onChange={setListWidth}
          />
        )}
        {(reading || !single) && (
          <div className={styles.reader} data-pane="reader">
            {state.id === null ? (
              <NothingChosen />
            ) : (
              <Reader
                key={`${state.id} ${results.query}`}
                id={state.id}
                query={problem === null ? results.query : ''}
                found={selected >= 0}
                message={state.message}
                zone={zone}
                onMessage={(message) => state.move({ message })}
                onClose={closeReader}
                single={single}
              />
            )}
          </div>
        )}
      </div>
      <Dialog title={t('search.filters')} isOpen={facetDialog} onClose={() => setFacetDialog(false)} size="small">
        {facetPanel}
      </Dialog>
      <ExportDialog isOpen={exporting} onClose={() => setExporting(false)} query={results.query} zone={zone} />
    </main>
  );
}
