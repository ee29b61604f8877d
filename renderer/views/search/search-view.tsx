import { clsx } from 'clsx';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asErrorValue } from '../../bridge/client.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { SplitHandle } from '../../parts/split-handle.tsx';
import { focusWhenThere } from '../../state/focus-when-there.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import { useFoldedFacets, useSinglePane } from '../../state/use-media.ts';
import { isBoolean, isNumber, useStored } from '../../state/use-stored.ts';
import { useZone } from '../../state/use-zone.ts';
import { t } from '../../text/text.ts';
import { toast } from '../../parts/toast.tsx';
import { useMarksOfPages } from '../../bridge/review.ts';
import { Reader } from '../conversation/reader.tsx';
import { usePrefetchConversations } from '../conversation/use-conversation.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { ReaderMarks } from '../review/reader-marks.tsx';
import { ReaderTools } from '../review/review-tools.tsx';
import { targetOf } from '../review/target.ts';
import { useReviewDesk } from '../review/use-review-desk.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FacetPanel } from './facet-panel.tsx';
import { Histogram } from './histogram.tsx';
import { NothingChosen } from './nothing-chosen.tsx';
import type { QueryFieldHandle } from './query-field.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { SearchMore, opened } from './search-more.tsx';
import { useColumns } from './columns.ts';
import { useHistory } from './use-history.ts';
import { toggleFilter } from './query-text.ts';
import { ResultList } from './result-list.tsx';
import type { ResultListHandle } from './result-list.tsx';
import { ListState } from './list-state.tsx';
import { SearchHead } from './search-head.tsx';
import { useSearchState } from './search-state.ts';
import { useCount, useFacets, useResults } from './use-results.ts';
import { useSelection } from './use-selection.ts';
import styles from './search-view.module.css';

/** Rows between two clicks; more is what "all results" is for. */
const longestRange = 5000;

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
  const [history, remember] = useHistory();
  const [columns, setColumns] = useColumns();
  const touched = useRef(0);
  const select = (index: number) => {
    const hit = results.rowAt(index);
    if (hit !== undefined) state.move({ id: hit.id, message: null });
  };
  const selection = useSelection(results.query, zone, total ?? 0);
  const marks = useMarksOfPages(results.idsOfPages(pages));
  const toggle = (index: number) => {
    const hit = results.rowAt(index);
    if (hit === undefined) return;
    touched.current = index;
    selection.toggle(hit.id);
  };
  const selectRange = (index: number) => {
    const from = selection.count === 0 && selected >= 0 ? selected : touched.current;
    const [first, last] = [Math.min(from, index), Math.max(from, index)];
    if (last - first >= longestRange) {
      toast(t('search.range-too-long', { count: longestRange }));
      return;
    }
    touched.current = from;
    void results.idsBetween(first, last).then(selection.add, () => undefined);
  };
  const neighbours = [selected + 1, selected - 1].flatMap((index) =>
    selected < 0 || index < 0 ? [] : (results.rowAt(index)?.id ?? []),
  );
  usePrefetchConversations(neighbours, results.query);

  const reading = state.id !== null;
  const readingTarget = state.id === null ? null : targetOf([state.id]);
  const noteOn = state.id === null ? null : { id: state.id, message: state.message };
  // Keys act on what is selected, the reader's own buttons on what is read.
  const desk = useReviewDesk(selection.target ?? readingTarget, noteOn);
  const readerDesk = useReviewDesk(readingTarget, noteOn, false);
  const enterReader = () => {
    if (selected < 0) select(0);
    focusWhenThere('[data-transcript]');
  };
  const entering = useRef(false);
  const enterList = () => {
    // Whoever types fast presses Enter before the first row of the new query is there.
    entering.current = results.stale || results.loading;
    if (entering.current || results.length === 0) return;
    if (selected < 0 && !single) select(0);
    list.current?.focus();
  };
  useEffect(() => {
    if (entering.current) enterList();
  });
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
    } else if (selection.count > 0) selection.clear();
    else if (active?.getAttribute('role') === 'listbox') field.current?.focus();
    else if (reading) closeReader();
  };
  useShortcuts({
    '/': () => field.current?.focus(),
    j: () => select(Math.min(selected + 1, results.length - 1)),
    k: () => select(Math.max(selected - 1, 0)),
    x: () => toggle(Math.max(selected, 0)),
    e: () => setExporting(true),
    Escape: stepBack,
  });

  const onToggle = (name: string, value: string) => state.go({ query: toggleFilter(state.query, name, value) });
  const onPages = useCallback((next: number[]) => setPages(next), []);
  const error = results.error === null ? null : asErrorValue(results.error);
  const problem = error?.code === 'invalid-input' ? error : null;
  const panelFields = (facets.data?.facets ?? []).map((facet) => facet.field);
  const facetPanel = (
    <>
      <SavedSearches
        query={state.query}
        onOpen={(saved) => {
          setFacetDialog(false);
          state.go({ query: saved.query, sort: saved.sort, id: null, message: null });
        }}
      />
      <FacetPanel
        facets={facets.data?.facets ?? []}
        query={state.query}
        stale={facets.isPlaceholderData}
        onToggle={onToggle}
        onMore={(name) => {
          setFacetDialog(false);
          state.type(`${state.query.trim()} ${name}:`.trim());
          requestAnimationFrame(() => field.current?.goOn());
        }}
      />
    </>
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
            single={single}
            filtersShown={folded ? facetDialog : facetsShown}
            onFilters={() => (folded ? setFacetDialog(true) : showFacets(!facetsShown))}
            onSubmit={() => {
              remember(state.query);
              enterList();
            }}
            onExport={() => setExporting(true)}
            field={field}
            zone={zone}
            history={history}
            inPanel={folded || !facetsShown ? [] : panelFields}
            more={
              <SearchMore
                state={state}
                zone={zone}
                total={total}
                columns={columns}
                onColumns={setColumns}
                onGoOn={() => {
                  state.type(opened(state.query));
                  requestAnimationFrame(() => field.current?.goOn());
                }}
              />
            }
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
                selectedId={state.id}
                onSelect={select}
                selection={selection}
                onRange={selectRange}
                onToggle={toggle}
                marks={marks}
                columns={columns}
                onOpen={enterReader}
                onPages={onPages}
                handle={list}
              />
            </ListState>
            <BulkBar selection={selection} total={total ?? 0} desk={desk} onExport={() => setExporting(true)} />
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
                tools={<ReaderTools id={state.id} desk={readerDesk} />}
                marks={<ReaderMarks id={state.id} />}
              />
            )}
          </div>
        )}
      </div>
      <Dialog title={t('search.filters')} isOpen={facetDialog} onClose={() => setFacetDialog(false)} size="small">
        {facetPanel}
      </Dialog>
      <ExportDialog
        isOpen={exporting}
        onClose={() => setExporting(false)}
        query={selection.query ?? results.query}
        ids={selection.ids.length > 0 ? selection.ids : undefined}
        zone={zone}
      />
      {desk.dialogs}
      {readerDesk.dialogs}
    </main>
  );
}
