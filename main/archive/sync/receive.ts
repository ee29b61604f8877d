import type { ReceivedRecord } from '../liveperson/decoded.ts';
import type { HistoryPage } from '../liveperson/history-client.ts';
import { ingest, setAside, type Ingested } from '../store/ingest.ts';
import { addRepair, removeRepair, renewRepair } from '../store/repairs.ts';
import { saveCounters } from '../store/runs.ts';
import { neededRepairs } from './repair-rules.ts';
import { changeState, noteServerTime, type SourceRun } from './source-run.ts';
import { hourMs } from './time.ts';

/** Chats that claim to be longer than this have a nonsensical end. */
const credibleLengthMs = 24 * 366 * hourMs;

/**
 * Stores one page in one transaction: its records, what they still need, and how far the pass got. So a crash
 * costs the page that was under way and nothing else.
 * @param advance writes the progress of the pass or of the queue
 */
export function receivePage(
  run: SourceRun,
  page: HistoryPage,
  via: 'search' | 'by-id',
  advance: (ingested: readonly Ingested[]) => void,
): void {
  noteServerTime(run, page);
  const { counters, db } = run;
  const before = { ...counters };
  let touched = false;
  try {
    db.transaction(() => {
      const context = { account: run.account, source: run.source, receivedAt: page.receivedAt ?? run.clock.now(), via };
      const ingested = ingest(db, page.records, context);
      if (page.unidentified.length > 0) setAside(db, page.unidentified, context);
      if (via === 'search') queueRepairs(run, page.records, ingested);
      rememberLongest(run, page.records);
      counters.received += page.records.length + page.unidentified.length;
      for (const { outcome } of ingested) counters[outcome] += 1;
      touched = ingested.some(({ outcome }) => outcome !== 'unchanged');
      counters.requests = run.client.requestCount - run.requestsBefore;
      advance(ingested);
      saveCounters(db, run.id, counters);
    }).immediate();
  } catch (error) {
    Object.assign(counters, before);
    throw error;
  }
  run.onPage(touched);
}

function queueRepairs(run: SourceRun, records: readonly ReceivedRecord[], ingested: readonly Ingested[]): void {
  const outcomes = new Map(ingested.map((result) => [result.remoteId, result]));
  for (const record of records) {
    const result = outcomes.get(record.conversation.remoteId);
    if (result === undefined || (result.outcome === 'unchanged' && !result.needsById)) continue;
    const { remoteId, startedAt } = record.conversation;
    const needed = neededRepairs(run.source, record, run.clock.now());
    if (result.needsById && needed.length === 0) needed.push({ kind: 'partial', dueMs: run.clock.now() });
    for (const kind of ['partial', 'not-enriched'] as const) {
      if (!needed.some((repair) => repair.kind === kind)) removeRepair(run.db, run.key, remoteId, kind);
    }
    for (const { kind, dueMs } of needed) {
      const queue = result.outcome === 'added' ? addRepair : renewRepair;
      queue(run.db, run.key, { remoteId, kind, startMs: startedAt, dueMs });
    }
  }
}

/** The longest conversation ever seen decides how long sealing waits. */
function rememberLongest(run: SourceRun, records: readonly ReceivedRecord[]): void {
  let longest = run.state.longestMs;
  for (const { conversation } of records) {
    const length = (conversation.endedAt ?? 0) - conversation.startedAt;
    if (length > longest && length <= credibleLengthMs) longest = length;
  }
  if (longest > run.state.longestMs) changeState(run, { longestMs: longest });
}
