import type { Source } from '../../../preload/model.ts';
import type { ReceivedRecord } from '../liveperson/decoded.ts';
import type { RepairKind } from '../store/repairs.ts';
import { dayMs, hourMs, settledMs } from './time.ts';

export interface NeededRepair {
  kind: RepairKind;
  dueMs: number;
}

/** When closed conversations are fetched by id a second time: late surveys, scores, erasures. */
export const finalAgainMs = 35 * dayMs;

/** Five tries spread over 48 hours, counted from the first. */
const spreadTries = [0, 2 * hourMs, 8 * hourMs, 24 * hourMs, 48 * hourMs];
/** A messaging record that stays incomplete: at once, then daily for a week. */
const dailyTries = [0, 1, 2, 3, 4, 5, 6, 7].map((days) => days * dayMs);

/** What a record, as received from a search, still needs by id, and from when on that makes sense. */
export function neededRepairs(source: Source, record: ReceivedRecord, now: number): NeededRepair[] {
  const { conversation } = record;
  if (source === 'chat') {
    const settled = Math.max(now, (conversation.endedAt ?? conversation.startedAt) + settledMs);
    const kinds: RepairKind[] = [];
    if (conversation.flags.includes('partial')) kinds.push('partial');
    if (conversation.flags.includes('not-enriched')) kinds.push('not-enriched');
    return kinds.map((kind) => ({ kind, dueMs: settled }));
  }
  const needed: NeededRepair[] = [];
  if (conversation.flags.includes('partial')) needed.push({ kind: 'partial', dueMs: now });
  const end = dialogEnd(record);
  if (end !== null) needed.push({ kind: 'final', dueMs: Math.max(now, end + settledMs) });
  return needed;
}

/**
 * When a messaging conversation and its survey were over; null while either goes on. Read from the original,
 * because the end of the dialog is of no interest to anyone but sync.
 */
export function dialogEnd(record: ReceivedRecord): number | null {
  const { conversation } = record;
  if (conversation.status !== 'closed') return null;
  const parsed = JSON.parse(Buffer.from(record.original).toString('utf8')) as { info?: Record<string, unknown> };
  const info = parsed.info ?? {};
  const status = info['fullDialogStatus'];
  if (typeof status === 'string' && status.toUpperCase() === 'OPEN') return null;
  for (const time of [info['fullDialogEndTimeL'], info['endTimeL']]) {
    const value = typeof time === 'string' ? Number(time) : time;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  }
  return conversation.endedAt ?? conversation.startedAt;
}

/** When to try again after `tries` tries, the first of them at `firstMs`; null: enough. */
export function nextTry(source: Source, kind: RepairKind, tries: number, firstMs: number): number | null {
  const ladder = source === 'messaging' && kind === 'partial' ? dailyTries : spreadTries;
  const wait = ladder[tries];
  return wait === undefined ? null : firstMs + wait;
}
