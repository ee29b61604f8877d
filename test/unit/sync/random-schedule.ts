import { createFaults, type FaultKind } from '../../../main/archive/demo/faults.ts';
import { createRandom, type Random } from '../../../main/archive/demo/random.ts';
import { createWorld, type ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import type { HistoryClient } from '../../../main/archive/liveperson/history-client.ts';
import { ledgerWindows } from '../../../main/archive/store/windows.ts';
import { coverageDays } from '../../../main/archive/sync/coverage-days.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import { isArchiveError } from './errors.ts';
import { bench, chat, clientFor, messaging, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

/** Faults that an honest but troubled service shows. */
const troubles: readonly FaultKind[] = [
  'partial-result',
  'count-lie',
  'rate-limited',
  'server-error',
  'unavailable',
  'cut-off',
  'reset',
  'insert',
];

const worldDays = 5;

interface Schedule {
  seed: number;
  random: Random;
  bench: Bench;
  records: readonly ScriptedRecord[];
  /** How far the computer's clock is off. */
  skew: { ms: number };
  /** Records per page: with few, even a small world takes many. */
  pageSize: number;
}

/**
 * Draws a small world and a history of syncs over it: time passes, the service is in trouble, the computer's clock is
 * wrong, syncs are cut short. After each step nothing may be marked complete that is not.
 * @returns what is wrong, in words; empty when all is well
 */
export async function runRandomSchedule(seed: number): Promise<string[]> {
  const schedule = drawSchedule(seed);
  const { random } = schedule;
  const problems: string[] = [];
  const steps = random.between(1, 3);
  for (let step = 0; step < steps; step += 1) {
    if (random.chance(0.15)) jump(schedule);
    await syncInTrouble(schedule);
    problems.push(...falseClaims(schedule).map((problem) => `step ${step}: ${problem}`));
    schedule.bench.clock.advance(random.pick([10 * minute, hour, 7 * hour, day, 2 * day]));
  }
  problems.push(...(await convergenceProblems(schedule)));
  schedule.bench.archive.close();
  return problems;
}

function drawSchedule(seed: number): Schedule {
  const random = createRandom('schedule', seed);
  const records = drawRecords(random);
  const skew = { ms: 0 };
  const drawn: Bench = bench({
    world: createWorld({ records }),
    since: noon - worldDays * day,
    faults: createFaults({ seed }),
    serviceNow: () => drawn.clock.now() - skew.ms,
  });
  if (random.chance(0.3)) drawn.faults.set({ reorderTies: true });
  return { seed, random, bench: drawn, records, skew, pageSize: random.pick([100, 100, 3, 7]) };
}

function drawRecords(random: Random): ScriptedRecord[] {
  const records: ScriptedRecord[] = [];
  const crowded = random.chance(0.04);
  const count = crowded ? random.between(150, 260) : random.between(1, 24);
  const from = noon - worldDays * day;
  const crowdAt = from + random.between(0, 4 * 24) * hour;
  for (let index = 0; index < count; index += 1) {
    const start = crowded
      ? crowdAt + random.between(0, random.chance(0.5) ? 10 : 600) * minute
      : from + random.between(0, (random.chance(0.6) ? 3 : worldDays + 3) * 24 * 60) * minute;
    if (random.chance(0.5)) {
      const length = random.chance(0.2) ? random.between(60, 23 * 60) : random.between(1, 60);
      records.push(
        chat({
          id: `c${index}`,
          start,
          end: start + length * minute,
          lag: random.between(0, 60) * minute,
          ...(random.chance(0.3) ? { enrichedAfter: random.between(1, 120) * minute } : {}),
        }),
      );
    } else {
      const updates = Array.from({ length: random.between(0, 3) }, () => random.between(1, 4 * 24 * 60));
      const times = [...new Set(updates)].toSorted((a, b) => a - b).map((minutes) => start + minutes * minute);
      records.push(messaging({ id: `m${index}`, start, updates: times, staysOpen: random.chance(0.1) }));
    }
  }
  return records;
}

/** The computer's clock is set to something else; the service's goes on. */
function jump({ random, bench: { clock }, skew }: Schedule): void {
  const wanted = random.pick([0, 0, -2 * hour, 2 * hour, -3 * day, 3 * day, -400 * day, 400 * day]);
  clock.advance(wanted - skew.ms);
  skew.ms = wanted;
}

async function syncInTrouble({
  random,
  bench: { sync, faults, service, clock },
  skew,
  pageSize,
}: Schedule): Promise<void> {
  const chances = Object.fromEntries(
    troubles.filter(() => random.chance(0.4)).map((kind) => [kind, random.pick([0.02, 0.1, 0.4])]),
  );
  faults.setChances(random.chance(0.6) ? chances : {});
  const stopAfter = random.chance(0.25) ? random.between(1, 12) : Infinity;
  const stop = new AbortController();
  try {
    await sync({
      signal: stop.signal,
      pageSize,
      clientFor: (account) =>
        stopping(clientFor(account, service, clock, skew.ms === 0 ? 'oauth1' : 'oauth2'), stop, stopAfter),
    });
  } catch (error) {
    if (!isArchiveError(error, 'cancelled')) throw error;
  }
  faults.setChances({});
}

/** A client that stops the sync after so many requests. */
function stopping(client: HistoryClient, stop: AbortController, after: number): HistoryClient {
  let requests = 0;
  const count = () => {
    requests += 1;
    if (requests > after) stop.abort();
  };
  return {
    get requestCount() {
      return client.requestCount;
    },
    search(request, signal) {
      count();
      return client.search(request, signal);
    },
    fetchByIds(source, conversations, signal) {
      count();
      return client.fetchByIds(source, conversations, signal);
    },
    connect: (source, signal) => client.connect(source, signal),
  };
}

/** Conversations that are visible at the service, missing here, and whose window or day claims to be complete. */
function falseClaims({ bench: { archive, clock, ids }, records, skew }: Schedule): string[] {
  const trueNow = clock.now() - skew.ms;
  const archived = { chat: new Set(ids('chat')), messaging: new Set(ids('messaging')) };
  const problems: string[] = [];
  for (const record of records) {
    const first = record.steps[0];
    if (first === undefined || first.at > trueNow || archived[record.source].has(record.remoteId)) continue;
    const key = { account: 1, source: record.source };
    const row = ledgerWindows(archive.db, key, record.startedAt, record.startedAt + 1)[0];
    if (row?.state === 'sealed' && row.problem === null)
      problems.push(`${record.remoteId} is missing in a sealed window`);
    const range = { from: record.startedAt, to: record.startedAt + 1 };
    const [today] = coverageDays(archive.db, key, range, clock.now());
    if (today?.state === 'complete') problems.push(`${record.remoteId} is missing on a complete day`);
  }
  return problems;
}

/** With a healthy service and the right time, two syncs later everything must be here as the service has it. */
async function convergenceProblems(schedule: Schedule): Promise<string[]> {
  const { bench: at, records, skew } = schedule;
  at.faults.heal();
  at.clock.advance(-skew.ms);
  skew.ms = 0;
  at.clock.advance(4 * day);
  await at.sync();
  at.clock.advance(day);
  const report = await at.sync();
  const problems = report.complete ? [] : ['the last sync was not complete'];
  const now = at.clock.now();
  for (const record of records) {
    const shown = at.service.world.find(record.source, record.remoteId, now)?.versionAt(now);
    if (shown === null || shown === undefined) continue;
    const row = at.archive.db
      .prepare<[string, string], { rid: number }>('SELECT rid FROM conversation WHERE source = ? AND remote_id = ?')
      .get(record.source, record.remoteId);
    if (row === undefined) {
      problems.push(`${record.remoteId} is missing in the end`);
      continue;
    }
    const original = Buffer.from(loadOriginal(at.archive.db, row.rid).original).toString('utf8');
    if (original !== shown.searchText && original !== shown.completeText) {
      problems.push(`${record.remoteId} is out of date in the end`);
    }
  }
  return problems;
}
