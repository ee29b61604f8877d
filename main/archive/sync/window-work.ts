import { ArchiveError } from '../../../preload/errors.ts';
import { appendVerdict } from '../evidence/log.ts';
import type { Window } from '../liveperson/history-client.ts';
import { mergeSealed, replaceWindows, unreadWindow, ledgerWindows, type LedgerWindow } from '../store/windows.ts';
import { openRow, sealedRows } from './ledger-rows.ts';
import { forgetPass, type PassPurpose } from './pass-store.ts';
import { readWindow, type PassFacts, type PassOutcome } from './pass.ts';
import { countLimit, deepestOffset, isSettled, pageSize, splitWindow } from './plan.ts';
import { askTheTime, momentNow, tell, type SourceRun } from './source-run.ts';
import { dayMs, floorTo, retentionStart, sealableFrom, windowText } from './time.ts';

/** What came of one window. `split`: it is in smaller pieces now, the first of them is next. */
export type WindowResult = { kind: 'read'; count: number } | { kind: 'split' } | { kind: 'failed' };

/** After so many failures in a row it is asked whether the service is there at all … */
const failuresThatDoubt = 2;
/** … and after so many, each of which took a whole retry ladder, it no longer matters. */
const failuresThatStop = 8;

/** These are about one request; everything else that fails would fail for each window alike. */
const windowErrors = new Set(['source-unavailable', 'source-changed', 'timed-out', 'invalid-input']);

/** Reads one window of the ledger and writes down what came of it. Throws what stops the whole source. */
export async function workWindow(run: SourceRun, window: Window): Promise<WindowResult> {
  const settled = isSettled(window, momentNow(run), run.source, run.state.longestMs);
  const splittable = splitWindow(window, settled, []) !== null;
  const limit = splittable ? countLimit(settled) : Infinity;
  const read = () => readWindow(run, { purpose: 'window', window, limit });
  let outcome = await attempt(run, window, 'window', read);
  // "Nothing there" is the one answer without any record to check it by, so it is asked for twice before it is sealed.
  if (outcome?.kind === 'clean' && outcome.facts.count === 0 && isSealable(run, window, outcome.facts)) {
    run.db.transaction(() => forgetPass(run.db, run.key)).immediate();
    outcome = await attempt(run, window, 'window', read);
  }
  if (outcome === null) return { kind: 'failed' };
  if (outcome.kind === 'too-large') {
    cut(run, window, settled, outcome.starts);
    return { kind: 'split' };
  }
  const { facts } = outcome;
  if (outcome.kind === 'clean') return settle(run, window, facts, null);
  const tooMany = facts.count > pageSize || window.to - window.from > dayMs;
  if (outcome.kind !== 'partial' && splittable && tooMany) {
    cut(run, window, settled, []);
    return { kind: 'split' };
  }
  if (outcome.kind === 'discrepancy') {
    return settle(
      run,
      window,
      facts,
      `the source reports ${facts.count} conversations but sends ${facts.records.size}`,
    );
  }
  const left = leave(run, window, facts, outcome.kind);
  run.failures.partialInARow = outcome.kind === 'partial' ? run.failures.partialInARow + 1 : 0;
  if (run.failures.partialInARow >= failuresThatDoubt) throw answersInPart();
  return left;
}

function isSealable(run: SourceRun, window: Window, facts: PassFacts): boolean {
  return facts.startedMs >= sealableFrom(window.to, run.source, run.state.longestMs);
}

function answersInPart(): ArchiveError {
  return new ArchiveError('source-unavailable', 'The source keeps answering for a part of its index only.', {
    hint: 'Sync again later. What came was kept, and nothing was marked as complete.',
    retryable: true,
  });
}

/**
 * Runs the requests of one window. An error that is about this window alone is written down and gives null;
 * one that no other window would be spared is thrown.
 */
export async function attempt(
  run: SourceRun,
  window: Window,
  purpose: PassPurpose,
  work: () => Promise<PassOutcome>,
): Promise<PassOutcome | null> {
  try {
    const outcome = await work();
    run.failures.inARow = 0;
    return outcome;
  } catch (error) {
    if (!(error instanceof ArchiveError) || !windowErrors.has(error.code)) throw error;
    run.failures.inARow += 1;
    if (purpose === 'window') fail(run, window, error.message, null);
    else tell(run, 'warning', `${windowText(window.from, window.to)}: ${error.message}`);
    if (run.failures.inARow >= failuresThatStop) throw error;
    if (run.failures.inARow >= failuresThatDoubt) await askTheTime(run);
    return null;
  }
}

function cut(run: SourceRun, window: Window, settled: boolean, starts: readonly number[]): void {
  const pieces = splitWindow(window, settled, starts) ?? [];
  run.failures.windows.delete(window.from);
  run.db
    .transaction(() => {
      forgetPass(run.db, run.key);
      replaceWindows(
        run.db,
        run.key,
        window.from,
        window.to,
        pieces.map(({ from, to }) => unreadWindow(from, to)),
      );
    })
    .immediate();
}

/** The pass was whole, or as whole as it gets. It is sealed when nothing can be added any more. */
function settle(run: SourceRun, window: Window, facts: PassFacts, problem: string | null): WindowResult {
  const sealed = isSealable(run, window, facts);
  const rows = sealed
    ? sealedRows(window, facts, { now: run.clock.now(), retentionStart: retentionStart(momentNow(run).later), problem })
    : [openRow(window, facts)];
  run.failures.windows.delete(window.from);
  if (problem === null || !sealed) run.counters.windowsComplete += 1;
  else run.failures.windows.add(window.from);
  run.db
    .transaction(() => {
      forgetPass(run.db, run.key);
      writeRows(run, window, rows);
      if (sealed) seal(run, window, facts, rows, problem);
    })
    .immediate();
  if (problem !== null && sealed) tell(run, 'warning', `${windowText(window.from, window.to)}: ${problem}.`);
  run.onWindow(window.from, window.to);
  return { kind: 'read', count: facts.count };
}

/** Puts the rows of a window into the ledger, joined with their sealed neighbours of the same day. */
export function writeRows(run: SourceRun, window: Window, rows: LedgerWindow[]): void {
  replaceWindows(run.db, run.key, window.from, window.to, rows);
  for (const edge of new Set([floorTo(window.from, dayMs), floorTo(window.to - 1, dayMs)])) {
    mergeSealed(run.db, run.key, edge, edge + dayMs);
  }
}

/** Seals the verdict into the custody log: from then on nobody can say otherwise unnoticed. */
export function seal(
  run: SourceRun,
  window: Window,
  facts: PassFacts,
  rows: readonly LedgerWindow[],
  problem: string | null,
): void {
  const beyond = rows.every((row) => row.state === 'beyond');
  appendVerdict(run.db, {
    accountId: run.account.accountId,
    source: run.source,
    from: window.from,
    to: window.to,
    askedAt: facts.startedMs,
    reported: facts.count,
    received: facts.records.size,
    pages: facts.pages,
    partialAnswers: facts.partials,
    passes: facts.passes,
    verdict: beyond ? 'beyond-retention' : problem === null ? 'complete' : 'gap',
  });
}

/** The window could not be read to its end: it stays, visibly, and the next run tries again. */
function leave(run: SourceRun, window: Window, facts: PassFacts, kind: PassOutcome['kind']): WindowResult {
  const reason =
    kind === 'partial'
      ? 'the source answered for a part of its index only'
      : kind === 'too-deep'
        ? `more than ${deepestOffset} conversations start within ten minutes, which is deeper than can be read`
        : `the source reported ${facts.count} conversations and never sent the same ones twice`;
  fail(run, window, reason, facts);
  run.onWindow(window.from, window.to);
  return { kind: 'failed' };
}

function fail(run: SourceRun, window: Window, problem: string, facts: PassFacts | null): void {
  const known = ledgerWindows(run.db, run.key, window.from, window.to).find((row) => row.from === window.from);
  const same = known !== undefined && known.to === window.to ? known : unreadWindow(window.from, window.to);
  const row: LedgerWindow = {
    ...same,
    state: same.state === 'open' ? 'open' : 'gap',
    failures: same.failures + 1,
    problem,
    ...(facts === null ? {} : { count: facts.count, reported: facts.count, received: facts.records.size }),
  };
  run.failures.windows.add(window.from);
  run.db
    .transaction(() => {
      if (facts !== null) forgetPass(run.db, run.key);
      replaceWindows(run.db, run.key, window.from, window.to, [row]);
      // Each run that fails tells again in its log; the custody log says once that there is a gap.
      if (row.state === 'gap' && same.state !== 'gap' && facts !== null) seal(run, window, facts, [row], problem);
    })
    .immediate();
  tell(run, 'warning', `${windowText(window.from, window.to)}: ${problem}`);
}
