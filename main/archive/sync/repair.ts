import { ArchiveError } from '../../../preload/errors.ts';
import type { ReceivedRecord } from '../liveperson/decoded.ts';
import type { HistoryPage } from '../liveperson/history-client.ts';
import { addRepair, dueRepairs, postponeRepair, removeRepair, repairsOf, type Repair } from '../store/repairs.ts';
import { receivePage } from './receive.ts';
import { dialogEnd, finalAgainMs, nextTry } from './repair-rules.ts';
import { tell, type SourceRun } from './source-run.ts';
import { hourMs } from './time.ts';

const batchSize = { chat: 1, messaging: 100 } as const;
/** Each chat costs a request of its own; what is left waits for the next run. */
const requestsPerRun = { chat: 250, messaging: 5000 } as const;
/** A conversation that was overdue for days is still not asked for twice in a row. */
const leastWaitMs = hourMs;

/** Fetches by id what came incomplete, and messaging conversations once they are over. */
export async function runRepairs(run: SourceRun): Promise<void> {
  const size = batchSize[run.source];
  for (let requests = 0; requests < requestsPerRun[run.source]; requests += 1) {
    const due = dueRepairs(run.db, run.key, run.clock.now(), size);
    if (due.length === 0) return;
    run.checkpoint();
    await fetchBatch(run, due);
  }
}

async function fetchBatch(run: SourceRun, due: readonly Repair[]): Promise<void> {
  const byId = new Map(due.map((repair) => [repair.remoteId, repair]));
  try {
    await fetchAndSettle(run, [...byId.values()]);
  } catch (error) {
    if (!refusedAsBad(error)) throw error;
    if (byId.size === 1) {
      postponeAll(run, [...byId.keys()]);
      return;
    }
    // The service knows no batches, or one id spoils it.
    for (const repair of byId.values()) await fetchBatch(run, [repair]);
  }
}

/** The service answered 400: asking again in the same way is pointless. */
function refusedAsBad(error: unknown): boolean {
  return error instanceof ArchiveError && error.details?.['status'] === 400;
}

async function fetchAndSettle(run: SourceRun, wanted: readonly Repair[]): Promise<void> {
  const known = wanted.map(({ remoteId, startMs }) => ({ remoteId, startedAt: startMs }));
  const page = await run.client.fetchByIds(run.source, known, run.signal);
  const asked = new Set(wanted.map(({ remoteId }) => remoteId));
  // A source that ignores the filter must not bring records in by this door.
  const answers = page.records.filter((record) => asked.has(record.conversation.remoteId));
  const received: HistoryPage = { ...page, records: answers };
  receivePage(run, received, 'by-id', () => {
    const found = new Map(answers.map((record) => [record.conversation.remoteId, record]));
    for (const { remoteId } of wanted) {
      for (const repair of repairsOf(run.db, run.key, remoteId)) settle(run, repair, found.get(remoteId), page.partial);
    }
  });
}

function settle(run: SourceRun, repair: Repair, record: ReceivedRecord | undefined, partialAnswer: boolean): void {
  const now = run.clock.now();
  if (repair.dueMs > now && (record === undefined || !helps(repair, record))) return;
  if (record === undefined || partialAnswer || !helps(repair, record)) {
    postpone(run, repair);
    return;
  }
  removeRepair(run.db, run.key, repair.remoteId, repair.kind);
  if (repair.kind !== 'final') return;
  const again = (dialogEnd(record) ?? now) + finalAgainMs;
  if (again > now) {
    addRepair(run.db, run.key, {
      remoteId: repair.remoteId,
      kind: 'final-again',
      startMs: repair.startMs,
      dueMs: again,
    });
  }
}

/** The answer is what the repair was meant to bring. */
function helps(repair: Repair, { conversation }: ReceivedRecord): boolean {
  if (repair.kind === 'not-enriched') return !conversation.flags.includes('not-enriched');
  if (repair.kind === 'final-again') return true;
  return !conversation.flags.includes('partial');
}

function postponeAll(run: SourceRun, remoteIds: readonly string[]): void {
  run.db
    .transaction(() => {
      for (const remoteId of remoteIds) {
        for (const repair of repairsOf(run.db, run.key, remoteId)) postpone(run, repair);
      }
    })
    .immediate();
}

function postpone(run: SourceRun, repair: Repair): void {
  const now = run.clock.now();
  const next = nextTry(run.source, repair.kind, repair.tries + 1, repair.firstMs ?? now);
  postponeRepair(run.db, run.key, repair, now, next === null ? null : Math.max(next, now + leastWaitMs));
  if (next === null) {
    tell(run, 'warning', `Conversation ${repair.remoteId} stays as it came: the source never sent the rest of it.`);
  }
}
