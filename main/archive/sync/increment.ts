import type { Window } from '../liveperson/history-client.ts';
import { forgetPass } from './pass-store.ts';
import { readWindow } from './pass.ts';
import { incrementWindows, pageSize, splitWindow } from './plan.ts';
import { changeState, momentNow, tell, trustedNow, type SourceRun } from './source-run.ts';
import { currentExtent } from './sweep.ts';
import { marginMs, minuteMs, floorTo, stepMs, windowText } from './time.ts';
import { attempt } from './window-work.ts';

/** 10 minutes of rounding, a minute until an update is visible, and some skew. */
const overlapMs = marginMs;
const clockToleranceMs = 10 * minuteMs;

/**
 * Messaging's updates: everything that changed since the last increment began, whatever its start. The mark moves
 * to the start of this increment, never its end, and only when each start window was read clean: whatever changes
 * while we read is then asked for again.
 */
export async function readIncrement(run: SourceRun): Promise<void> {
  if (run.state.markMs === null) {
    // Nothing was read before now, so nothing read can be older than this.
    changeState(run, { markMs: momentNow(run).earlier });
    return;
  }
  const resumed = run.state.incrementStartedMs !== null;
  if (!resumed) begin(run, run.state.markMs);
  await readWindows(run);
  conclude(run);
  // What was resumed covers the time up to the interrupted run only.
  if (resumed) await readIncrement(run);
}

function begin(run: SourceRun, mark: number): void {
  const now = momentNow(run).earlier;
  const fromFuture = mark > trustedNow(run) + clockToleranceMs;
  if (fromFuture) {
    tell(run, 'warning', 'The clock was ahead in an earlier run, so all messaging conversations are asked for again.');
  }
  changeState(run, {
    incrementStartedMs: now,
    incrementSinceMs: fromFuture ? null : floorTo(mark - overlapMs, stepMs),
    incrementCursorMs: currentExtent(run).from,
    incrementClean: 1,
  });
}

async function readWindows(run: SourceRun): Promise<void> {
  const extent = currentExtent(run);
  const from = Math.max(extent.from, run.state.incrementCursorMs ?? extent.from);
  const waiting = incrementWindows({ from, to: extent.to }).toReversed();
  for (let window = waiting.pop(); window !== undefined; window = waiting.pop()) {
    const pieces = await readUpdates(run, window);
    waiting.push(...pieces.toReversed());
  }
}

/** Reads the updates of one start window. @returns the pieces to read instead, when it holds too much */
async function readUpdates(run: SourceRun, window: Window): Promise<Window[]> {
  const splittable = window.to - window.from > stepMs;
  const outcome = await attempt(run, window, 'increment', () =>
    readWindow(run, {
      purpose: 'increment',
      window,
      updatedSince: run.state.incrementSinceMs ?? undefined,
      limit: splittable ? pageSize : Infinity,
    }),
  );
  if (outcome?.kind === 'too-large') return splitWindow(window, false, outcome.starts) ?? [];
  const clean = outcome?.kind === 'clean';
  run.db
    .transaction(() => {
      if (outcome !== null) forgetPass(run.db, run.key);
      changeState(run, { incrementCursorMs: window.to, ...(clean ? {} : { incrementClean: 0 }) });
    })
    .immediate();
  if (!clean) tell(run, 'warning', `Updates of ${windowText(window.from, window.to)} could not be read to their end.`);
  return [];
}

function conclude(run: SourceRun): void {
  const clean = run.state.incrementClean === 1;
  if (!clean) run.failures.increment = true;
  changeState(run, {
    ...(clean && run.state.incrementStartedMs !== null ? { markMs: run.state.incrementStartedMs } : {}),
    incrementStartedMs: null,
    incrementSinceMs: null,
    incrementCursorMs: null,
    incrementClean: 1,
  });
}
