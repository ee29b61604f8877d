import { nextUnsealed, unsealPremature } from '../store/windows.ts';
import { readIncrement } from './increment.ts';
import { forgetPass, loadPass } from './pass-store.ts';
import { runRepairs } from './repair.ts';
import { auditCounts, look, takeSecondLooks } from './second-look.ts';
import { askTheTime, changeState, isLimited, tell, trustedNow, type SourceRun } from './source-run.ts';
import { coverExtent, currentExtent, readBackfill, readTail, retryFailed } from './sweep.ts';
import { minuteMs, minuteText, settledMs, waitForEnd } from './time.ts';
import { workWindow } from './window-work.ts';

const clockToleranceMs = 10 * minuteMs;

/** Everything that one run does for one source, in order. Throws what stops it; what was committed stays. */
export async function runPhases(run: SourceRun): Promise<void> {
  if (run.serverClock.latest === null) await askTheTime(run);
  checkClocks(run);
  coverExtent(run);
  await resume(run);
  if (run.source === 'messaging' && !isLimited(run)) await readIncrement(run);
  await readTail(run);
  await readBackfill(run);
  await retryFailed(run);
  await runRepairs(run);
  if (isLimited(run)) return;
  await takeSecondLooks(run);
  if (await auditCounts(run)) await readBackfill(run);
  tellWhereWeAre(run);
}

/** The one sentence that a person wants of a run that went well. */
function tellWhereWeAre(run: SourceRun): void {
  const extent = currentExtent(run);
  const open = nextUnsealed(run.db, run.key, extent.from, extent.to);
  if (open === undefined) return;
  tell(run, 'info', `Everything that started before ${minuteText(open.from)} UTC is archived and verified.`);
}

/** Opens again what was sealed by a clock that was ahead, or before a longer conversation was known of. */
function checkClocks(run: SourceRun): void {
  const now = trustedNow(run);
  const skew = Math.abs(run.clock.now() - now);
  if (skew > clockToleranceMs) {
    const minutes = Math.round(skew / minuteMs);
    tell(
      run,
      'warning',
      `This computer's clock and the service's differ by ${minutes} minutes. The service's is used.`,
    );
  }
  if (now < run.state.highestNowMs - clockToleranceMs) {
    tell(run, 'warning', 'The clock shows less than in an earlier run; it was set back, or was ahead then.');
  }
  const newestEnd = now - waitForEnd(run.source, run.state.longestMs) - settledMs;
  run.db
    .transaction(() => {
      const opened = unsealPremature(run.db, run.key, newestEnd, now + clockToleranceMs);
      if (opened > 0)
        tell(run, 'info', `${opened} days are opened again: later conversations may still appear in them.`);
      changeState(run, { highestNowMs: now });
    })
    .immediate();
}

/** Finishes the pass that the last run was in the middle of. */
async function resume(run: SourceRun): Promise<void> {
  const saved = loadPass(run.db, run.key);
  if (saved === null || isLimited(run)) return;
  const window = { from: saved.state.fromMs, to: saved.state.toMs };
  if (saved.state.purpose === 'window') await workWindow(run, window);
  else if (saved.state.purpose === 'look') await look(run, window);
  else if (run.state.incrementStartedMs === null) run.db.transaction(() => forgetPass(run.db, run.key)).immediate();
}
