import { createHash } from 'node:crypto';
import type { HistoryPage, Window } from '../liveperson/history-client.ts';
import {
  forgetPass,
  forgetPassRecords,
  loadPass,
  savePass,
  type PassPurpose,
  type PassRecords,
  type PassState,
} from './pass-store.ts';
import { deepestOffset } from './plan.ts';
import { receivePage } from './receive.ts';
import { momentNow, momentOfPage, noteServerTime, tell, type SourceRun } from './source-run.ts';
import { windowText } from './time.ts';

/** Repeats of an unclean pass (liveperson-api.md 5.5). */
const repeats = 3;
const partialRetries = 3;

export interface PassRequest {
  purpose: PassPurpose;
  window: Window;
  updatedSince?: number | undefined;
  /** A first page that reports more hits ends the pass: the window is to be cut. */
  limit: number;
}

export interface PassFacts {
  /** What the last pass was told. */
  count: number;
  records: PassRecords;
  pages: number;
  partials: number;
  passes: number;
  /** The earlier of both clocks when the last pass began. */
  startedMs: number;
}

/**
 * `clean`: constant count = distinct records, no partial answer, ended because the offset reached the count.
 * `discrepancy`: never clean, but two passes in a row brought the same records.
 */
export type PassOutcome =
  | { kind: 'clean' | 'discrepancy' | 'too-deep'; facts: PassFacts }
  | { kind: 'unclean' | 'partial'; facts: PassFacts }
  | { kind: 'too-large'; count: number; starts: number[] };

/**
 * Reads one window to its end and says whether the answer can be trusted to be whole. The caller forgets the pass
 * in the transaction in which it writes down what came of it: else a crash in between would cost the whole window.
 */
export async function readWindow(run: SourceRun, request: PassRequest): Promise<PassOutcome> {
  let { state, records } = resumeOrBegin(run, request);
  let passes = state.number;
  for (;;) {
    const ended = await readPages(run, request, state, records);
    if (ended.kind === 'too-large') return ended;
    passes = state.number;
    const facts = factsOf(state, records, passes);
    if (ended.kind !== 'end') return { kind: ended.kind, facts };
    if (isClean(state, records)) return { kind: 'clean', facts };
    const ids = hashOf(records);
    const agrees = ids === state.formerIds;
    if (state.number > repeats) return { kind: agrees ? 'discrepancy' : 'unclean', facts };
    tell(
      run,
      'warning',
      `${windowText(request.window.from, request.window.to)}: the source reported ${state.count ?? 0} conversations and sent ${records.size}; asking again.`,
    );
    state = {
      ...begin(run, request),
      number: state.number + 1,
      formerIds: ids,
      pages: state.pages,
      partials: state.partials,
    };
    records = new Map();
    run.db
      .transaction(() => {
        forgetPassRecords(run.db, run.key);
        savePass(run.db, run.key, state, records);
      })
      .immediate();
  }
}

/** As many records as counted, each another one, and the count never changed. */
function isClean(state: PassState, records: PassRecords): boolean {
  return state.countChanged === 0 && state.nextOffset === state.count && records.size === state.count;
}

function resumeOrBegin(run: SourceRun, request: PassRequest): { state: PassState; records: PassRecords } {
  const saved = loadPass(run.db, run.key);
  const same =
    saved !== null &&
    saved.state.purpose === request.purpose &&
    saved.state.fromMs === request.window.from &&
    saved.state.toMs === request.window.to &&
    saved.state.updatedSinceMs === (request.updatedSince ?? null);
  if (same) return saved;
  if (saved !== null) run.db.transaction(() => forgetPass(run.db, run.key)).immediate();
  return { state: begin(run, request), records: new Map() };
}

function begin(run: SourceRun, request: PassRequest): PassState {
  return {
    purpose: request.purpose,
    fromMs: request.window.from,
    toMs: request.window.to,
    updatedSinceMs: request.updatedSince ?? null,
    number: 1,
    nextOffset: 0,
    count: null,
    countChanged: 0,
    startedMs: momentNow(run).earlier,
    pages: 0,
    partials: 0,
    formerIds: null,
  };
}

type PagesEnd = { kind: 'end' | 'partial' | 'too-deep' } | { kind: 'too-large'; count: number; starts: number[] };

/** Turns pages until the offset reaches the count. `state` and `records` move along with what is stored. */
async function readPages(
  run: SourceRun,
  request: PassRequest,
  state: PassState,
  records: PassRecords,
): Promise<PagesEnd> {
  for (;;) {
    run.checkpoint();
    const page = await wholePage(run, request, state);
    if (page === null) return { kind: 'partial' };
    const got = page.records.length + page.unidentified.length;
    const first = state.nextOffset === 0;
    // Beyond the end some answer without a count at all (204).
    if (got === 0 && state.count !== null && state.nextOffset >= state.count) return { kind: 'end' };
    if (first) state.startedMs = momentOfPage(page).earlier;
    if (first && state.number === 1 && page.count > request.limit) {
      receivePage(run, page, 'search', () => undefined);
      return { kind: 'too-large', count: page.count, starts: page.records.map((one) => one.conversation.startedAt) };
    }
    const added = recordsOf(page);
    const next = state.nextOffset + got;
    // A last page that is full might not be the last: a count that is too low by chance would go unnoticed.
    const full = got >= run.pageSize;
    const more = (next < page.count || full) && got > 0 && next < deepestOffset;
    const advanced: PassState = {
      ...state,
      nextOffset: next,
      count: state.count ?? page.count,
      countChanged: state.count !== null && state.count !== page.count ? 1 : state.countChanged,
      pages: state.pages + 1,
    };
    receivePage(run, page, 'search', () => {
      if (more) savePass(run.db, run.key, advanced, added);
    });
    Object.assign(state, advanced);
    for (const [id, start] of added) records.set(id, start);
    if (more) continue;
    if (next < page.count && next >= deepestOffset) return { kind: 'too-deep' };
    // An empty page before the count is reached ends the pass; it can't be clean, because records are missing.
    return { kind: 'end' };
  }
}

/**
 * One page for which all of the source's index answered. Partial answers are kept, but count for nothing and are
 * asked again like a server error. Null: it stayed partial.
 */
async function wholePage(run: SourceRun, request: PassRequest, state: PassState): Promise<HistoryPage | null> {
  for (let attempt = 0; ; attempt += 1) {
    const page = await run.client.search(
      {
        source: run.source,
        window: request.window,
        offset: state.nextOffset,
        limit: run.pageSize,
        ...(request.updatedSince === undefined ? {} : { updatedSince: request.updatedSince }),
      },
      run.signal,
    );
    noteServerTime(run, page);
    if (!page.partial) return page;
    state.partials += 1;
    receivePage(run, page, 'search', () => undefined);
    if (attempt >= partialRetries) return null;
    await run.clock.sleep(run.account.retryBaseMs * (attempt + 1), run.signal);
    run.checkpoint();
  }
}

function recordsOf(page: HistoryPage): PassRecords {
  const records: PassRecords = new Map();
  for (const { conversation } of page.records) records.set(conversation.remoteId, conversation.startedAt);
  for (const original of page.unidentified) {
    records.set(`unidentified ${createHash('sha256').update(original).digest('hex')}`, null);
  }
  return records;
}

function factsOf(state: PassState, records: PassRecords, passes: number): PassFacts {
  return {
    count: state.count ?? 0,
    records,
    pages: state.pages,
    partials: state.partials,
    passes,
    startedMs: state.startedMs,
  };
}

function hashOf(records: PassRecords): string {
  const hash = createHash('sha256');
  for (const id of [...records.keys()].toSorted()) hash.update(id).update('\0');
  return hash.digest('hex');
}
