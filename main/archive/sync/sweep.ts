import type { Window } from '../liveperson/history-client.ts';
import { ledgerWindows, nextUnsealed, putWindow, replaceWindows, unreadWindow } from '../store/windows.ts';
import { coalesce, extentAt, hotTailStart, nextWidth, takeFront, uncovered, type Extent } from './plan.ts';
import { changeState, momentNow, trustedNow, type SourceRun } from './source-run.ts';
import { dayMs, minuteMs } from './time.ts';
import { workWindow } from './window-work.ts';

/** While backfill goes on, the newest conversations are looked after this often. */
const tailEveryWindows = 25;
const tailEveryMs = 15 * minuteMs;

/** The range this run looks after, as of now. */
export function currentExtent(run: SourceRun): Extent {
  const now = trustedNow(run);
  // A day of doubt is enough: what the service has not dated yet can't be there to be read.
  const later = Math.min(momentNow(run).later, now + dayMs);
  return extentAt(
    { earlier: now, later },
    {
      accountSince: run.account.since,
      since: run.since,
      until: run.until,
    },
  );
}

/** Gives every part of the run's range a row in the ledger. */
export function coverExtent(run: SourceRun): void {
  const extent = currentExtent(run);
  if (extent.to <= extent.from) return;
  run.db
    .transaction(() => {
      for (const gap of uncovered(ledgerWindows(run.db, run.key, extent.from, extent.to), extent)) {
        putWindow(run.db, run.key, unreadWindow(gap.from, gap.to));
      }
    })
    .immediate();
}

function tailStart(run: SourceRun): number {
  return hotTailStart(momentNow(run).earlier, run.source, run.state.longestMs);
}

/** Reads everything that may still grow, up to now. */
export async function readTail(run: SourceRun): Promise<void> {
  coverExtent(run);
  const extent = currentExtent(run);
  const from = Math.max(extent.from, tailStart(run));
  joinCrumbs(run, from, extent.to);
  await readUnsealed(run, { from, to: extent.to });
}

/** Reads what lies before the hot tail, oldest first because the source deletes the oldest first. */
export async function readBackfill(run: SourceRun): Promise<void> {
  const extent = currentExtent(run);
  const to = Math.min(extent.to, tailStart(run));
  let windows = 0;
  let tailReadAt = run.clock.now();
  await readUnsealed(run, { from: extent.from, to }, async () => {
    windows += 1;
    const waited = Math.abs(run.clock.now() - tailReadAt);
    if (windows % tailEveryWindows !== 0 && waited < tailEveryMs) return;
    tailReadAt = run.clock.now();
    await readTail(run);
  });
}

/** Works through the rows of a range that are not sealed, each once, from the oldest on. */
async function readUnsealed(run: SourceRun, range: Extent, between?: () => Promise<void>): Promise<void> {
  let cursor = range.from;
  while (cursor < range.to) {
    const row = nextUnsealed(run.db, run.key, cursor, range.to);
    if (row === undefined) return;
    const stretch: Window = { from: Math.max(row.from, cursor), to: Math.min(row.to, range.to) };
    const window = row.state === 'unread' ? takeFront(stretch, run.state.widthMs, tailStart(run)) : stretch;
    const result = await workWindow(run, window);
    if (result.kind === 'split') continue;
    if (result.kind === 'read') adaptWidth(run, window, stretch, result.count);
    cursor = window.to;
    await between?.();
  }
}

/** Only a window that was as wide as meant says something about the width. */
function adaptWidth(run: SourceRun, window: Window, stretch: Window, count: number): void {
  if (window.to === stretch.to || window.from >= tailStart(run)) return;
  const widthMs = nextWidth(run.state.widthMs, count);
  if (widthMs !== run.state.widthMs) changeState(run, { widthMs });
}

/** Joins small neighbours of one day in the hot tail: an hourly sync would else ask 24 times for one day. */
function joinCrumbs(run: SourceRun, from: number, to: number): void {
  const rows = ledgerWindows(run.db, run.key, from, to).filter(
    (row) => row.state === 'open' || (row.state === 'unread' && row.from >= from),
  );
  run.db
    .transaction(() => {
      for (const group of coalesce(rows)) {
        const first = group[0];
        const last = group.at(-1);
        if (first === undefined || last === undefined || first === last) continue;
        replaceWindows(run.db, run.key, first.from, last.to, [
          { ...first, to: last.to, count: null, reported: null, received: null },
        ]);
      }
    })
    .immediate();
}

/**
 * Halves windows that failed while others were answered, and reads the halves: one record that the service chokes
 * on then costs ten minutes of the archive and not a month. Bounded, because each failure takes a whole retry ladder.
 */
export async function retryFailed(run: SourceRun): Promise<void> {
  const extent = currentExtent(run);
  for (let rounds = 0; rounds < 12; rounds += 1) {
    const row = ledgerWindows(run.db, run.key, extent.from, extent.to).find(
      (candidate) =>
        candidate.state === 'gap' &&
        run.failures.windows.has(candidate.from) &&
        candidate.to - candidate.from > 10 * minuteMs,
    );
    if (row === undefined || run.counters.windowsComplete === 0) return;
    const middle = row.from + Math.ceil((row.to - row.from) / (20 * minuteMs)) * 10 * minuteMs;
    run.failures.windows.delete(row.from);
    run.failures.inARow = 0;
    run.db
      .transaction(() => {
        replaceWindows(run.db, run.key, row.from, row.to, [
          { ...unreadWindow(row.from, middle), failures: row.failures },
          { ...unreadWindow(middle, row.to), failures: row.failures },
        ]);
      })
      .immediate();
    await readUnsealed(run, { from: row.from, to: row.to });
  }
}
