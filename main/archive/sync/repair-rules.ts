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

/** When a messaging conversation and its survey were over; null while either goes on. */
export function dialogEnd({ conversation, original }: ReceivedRecord): number | null {
  if (conversation.status !== 'closed') return null;
  if (memberOf(original, 'fullDialogStatus')?.toUpperCase() === 'OPEN') return null;
  const dialog = Number(memberOf(original, 'fullDialogEndTimeL') ?? -1);
  return dialog > 0 ? dialog : (conversation.endedAt ?? conversation.startedAt);
}

/**
 * The first value of a member, as text, without parsing the record: that would cost more than all else that sync
 * does with it. A name within a message's text has its quotes escaped, and so is passed over.
 */
function memberOf(original: Uint8Array, name: string): string | null {
  const bytes = Buffer.from(original.buffer, original.byteOffset, original.byteLength);
  const quoted = `"${name}"`;
  for (let at = bytes.indexOf(quoted); at >= 0; at = bytes.indexOf(quoted, at + 1)) {
    const rest = bytes.toString('latin1', at + quoted.length, at + quoted.length + 64);
    const value = /^\s*:\s*"?([\w-]+)/u.exec(rest)?.[1];
    if (bytes[at - 1] !== 0x5c && value !== undefined) return value;
  }
  return null;
}

/** When to try again after `tries` tries, the first of them at `firstMs`; null: enough. */
export function nextTry(source: Source, kind: RepairKind, tries: number, firstMs: number): number | null {
  const ladder = source === 'messaging' && kind === 'partial' ? dailyTries : spreadTries;
  const wait = ladder[tries];
  return wait === undefined ? null : firstMs + wait;
}
