import type { Window } from '../liveperson/history-client.ts';
import {
  ledgerWindows,
  sealedWindows,
  unreadWindow,
  replaceWindows,
  putWindow,
  type LedgerWindow,
} from '../store/windows.ts';
import { sealedRows } from './ledger-rows.ts';
import { forgetPass } from './pass-store.ts';
import { readWindow } from './pass.ts';
import { pageSize, settledLimit, splitWindow } from './plan.ts';
import { momentNow, noteServerTime, tell, type SourceRun } from './source-run.ts';
import { dayMs, retentionStart, stepMs, windowText } from './time.ts';
import { attempt, seal, writeRows } from './window-work.ts';

/** Ages at which a sealed day is read once more: late surveys and scores, and erasures after their grace. */
const lookAgesMs = [3 * dayMs, 35 * dayMs] as const;
const looksPerRun = 16;
const auditEveryMs = 30 * dayMs;
const daysOfRetention = 400;

/** Whether a sealed row is old enough for a look that it has not had. */
function needsLook(row: LedgerWindow, now: number): boolean {
  return lookAgesMs.some((age) => now >= row.to + age && (row.readMs ?? 0) < row.to + age);
}

/** Days to look at again, neighbours together as long as they fit into one page. */
export function looksDue(rows: readonly LedgerWindow[], now: number, limit: number): Window[] {
  const windows: (Window & { count: number })[] = [];
  for (const row of rows) {
    if (!needsLook(row, now)) continue;
    const last = windows.at(-1);
    const count = row.count ?? 0;
    if (last !== undefined && last.to === row.from && last.count + count <= pageSize * 0.8) {
      last.to = row.to;
      last.count += count;
      continue;
    }
    if (windows.length === limit) break;
    windows.push({ from: row.from, to: row.to, count });
  }
  return windows.map(({ from, to }) => ({ from, to }));
}

/** Reads sealed days again that have come of age. They stay sealed: a look can only add. */
export async function takeSecondLooks(run: SourceRun): Promise<void> {
  const now = momentNow(run).earlier;
  const rows = sealedWindows(run.db, run.key, retentionStart(momentNow(run).later));
  for (const window of looksDue(rows, now, looksPerRun)) await look(run, window);
}

export async function look(run: SourceRun, window: Window): Promise<void> {
  const splittable = window.to - window.from > stepMs;
  const outcome = await attempt(run, window, 'look', () =>
    readWindow(run, { purpose: 'look', window, limit: splittable ? settledLimit : Infinity }),
  );
  if (outcome?.kind === 'too-large') {
    for (const piece of splitWindow(window, true, outcome.starts) ?? []) await look(run, piece);
    return;
  }
  const before = ledgerWindows(run.db, run.key, window.from, window.to).reduce(
    (sum, row) => sum + (row.reported ?? 0),
    0,
  );
  const vanished = outcome?.kind === 'clean' && outcome.facts.count === 0 && before > 0;
  if (outcome?.kind !== 'clean' || vanished) {
    if (outcome !== null) run.db.transaction(() => forgetPass(run.db, run.key)).immediate();
    tell(
      run,
      'warning',
      `The second look at ${windowText(window.from, window.to)} is put off: its answers did not agree.`,
    );
    return;
  }
  const { facts } = outcome;
  const context = { now: run.clock.now(), retentionStart: retentionStart(momentNow(run).later), problem: null };
  const rows = sealedRows(window, facts, context).map((row) => ({ ...row, state: 'sealed' as const }));
  run.db
    .transaction(() => {
      forgetPass(run.db, run.key);
      writeRows(run, window, rows);
      seal(run, window, facts, rows, null);
    })
    .immediate();
}

/** Checks that may be made in this run, so that all days come round once a month however often runs happen. */
export function auditBudget(sinceLastRunMs: number): number {
  const share = Math.ceil((daysOfRetention * Math.max(0, sinceLastRunMs)) / auditEveryMs) + 2;
  return Math.min(daysOfRetention, share);
}

/** Rows whose count was last compared more than a month ago, longest ago first. */
export function auditsDue(rows: readonly LedgerWindow[], now: number, limit: number): LedgerWindow[] {
  const checkedAt = (row: LedgerWindow) => Math.max(row.auditedMs ?? 0, row.readMs ?? 0);
  return rows
    .filter((row) => checkedAt(row) <= now - auditEveryMs)
    .toSorted((a, b) => checkedAt(a) - checkedAt(b))
    .slice(0, limit);
}

/**
 * Asks for nothing but the count of sealed days. More than we got: the day is opened again and read anew.
 * Fewer is normal: conversations expire.
 * @returns whether a day was opened
 */
export async function auditCounts(run: SourceRun): Promise<boolean> {
  const now = momentNow(run).earlier;
  const rows = sealedWindows(run.db, run.key, retentionStart(momentNow(run).later));
  const budget = auditBudget(now - (run.state.lastSyncMs ?? 0));
  let opened = false;
  for (const row of auditsDue(rows, now, budget)) opened = (await audit(run, row, now)) || opened;
  return opened;
}

async function audit(run: SourceRun, row: LedgerWindow, now: number): Promise<boolean> {
  run.checkpoint();
  const window = { from: row.from, to: row.to };
  const page = await run.client.search({ source: run.source, window, offset: 0, limit: 1 }, run.signal);
  noteServerTime(run, page);
  if (page.partial) return false;
  const more = page.count > (row.received ?? 0);
  run.db
    .transaction(() => {
      if (more) replaceWindows(run.db, run.key, row.from, row.to, [unreadWindow(row.from, row.to)]);
      else putWindow(run.db, run.key, { ...row, auditedMs: now });
    })
    .immediate();
  if (more) {
    const text = `${windowText(row.from, row.to)}: the source now reports ${page.count} conversations, ${row.received ?? 0} came. The day is read again.`;
    tell(run, 'warning', text);
  }
  return more;
}
