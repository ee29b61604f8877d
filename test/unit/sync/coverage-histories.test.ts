import { expect, it } from 'vitest';
import { createFaults, type FaultKind } from '../../../main/archive/demo/faults.ts';
import { createRandom, type Random } from '../../../main/archive/demo/random.ts';
import type { ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import { coverageStatement } from '../../../main/archive/sync/coverage-statement.ts';
import { archiveStatus } from '../../../main/archive/sync/coverage.ts';
import { coverageDays } from '../../../main/archive/sync/coverage-days.ts';
import type { Source } from '../../../preload/model.ts';
import { expectedDay } from './coverage-oracle.ts';
import { bench, chat, messaging, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

const histories = Number(process.env['COVERAGE_HISTORIES'] ?? 150);
const sources: Source[] = ['chat', 'messaging'];
const troubles: FaultKind[] = ['partial-result', 'count-lie', 'server-error', 'unavailable', 'cut-off', 'insert'];

it(`${histories} random histories, with gaps, outages and vanished records: coverage says what the ledger says`, async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= histories; seed += 1) for (const verdict of await runHistory(seed)) seen.add(verdict);
  // Histories that are all alike would prove little.
  if (histories >= 100) expect([...seen].sort()).toEqual(['beyond-retention', 'complete', 'gap', 'provisional']);
}, 1_800_000);

async function runHistory(seed: number): Promise<Set<string>> {
  const random = createRandom('coverage', seed);
  const far = random.chance(0.04);
  const first = far ? noon - 400 * day : noon - 4 * day;
  const records = Array.from({ length: random.between(0, 12) }, (_, index) => drawRecord(random, index, first));
  const at = bench({ records, since: first, faults: createFaults({ seed }) });
  const verdicts = new Set<string>();
  for (let step = random.between(1, 3); step > 0; step -= 1) {
    const outage = random.chance(0.3);
    at.faults.setChances(outage ? { [random.pick(troubles)]: random.pick([0.1, 0.5, 1]) } : {});
    await at.sync();
    checkCoverage(at, seed, records, { from: first - 2 * day, far }, verdicts);
    at.clock.advance(random.pick([hour, day, 3 * day, ...(far ? [] : [20 * day, 420 * day])]));
    checkCoverage(at, seed, records, { from: first - 2 * day, far }, verdicts);
  }
  at.archive.close();
  return verdicts;
}

function drawRecord(random: Random, index: number, from: number): ScriptedRecord {
  const start = from + random.between(0, 6 * 24 * 60) * minute;
  const vanishesAt = random.chance(0.3) ? start + random.between(1, 6 * 24) * hour : Infinity;
  if (random.chance(0.5)) {
    return chat({ id: `c${index}`, start, end: start + random.between(1, 300) * minute, vanishesAt });
  }
  return messaging({ id: `m${index}`, start, updates: [start + random.between(1, 2000) * minute], vanishesAt });
}

function checkCoverage(
  { archive: { db }, clock, ids }: Bench,
  seed: number,
  records: readonly ScriptedRecord[],
  { from, far }: { from: number; far: boolean },
  verdicts: Set<string>,
): void {
  const now = clock.now();
  const status = archiveStatus(db, '/nowhere', now).accounts[0];
  // Of a history of thirteen months its first days and its last are looked at: 400 of each would only take time.
  const starts = [...daysFrom(from, 9), ...(far ? daysFrom(noon - 3 * day, 6) : [])];
  for (const source of sources) {
    const archived = new Set(ids(source));
    const shown = new Map(status?.sources.find((each) => each.source === source)?.coverage.map((d) => [d.day, d]));
    for (const start of starts) {
      const where = `seed ${seed}, ${source}, ${new Date(start).toISOString()} at ${new Date(now).toISOString()}`;
      const wanted = expectedDay(db, source, start, now);
      verdicts.add(wanted.verdict);
      const [found] = coverageDays(db, { account: 1, source }, { from: start, to: start + day }, now);
      const { verdict, reported } = found ?? {};
      expect({ verdict, reported, archived: found?.archived }, where).toEqual(wanted);
      const onCalendar = shown.get(new Date(start).toISOString().slice(0, 10));
      if (onCalendar !== undefined) {
        const { day: _day, state, ...cell } = onCalendar;
        expect(cell, where).toEqual(wanted);
        expect(state === 'complete', where).toBe(wanted.verdict === 'complete');
      }
      if (wanted.verdict !== 'complete') continue;
      // What the service showed when the day was read is here, and stays here when the service forgets it.
      expect(wanted.archived, where).toBeGreaterThanOrEqual(wanted.reported ?? 0);
      const visible = records.filter(
        (record) =>
          record.source === source &&
          Math.floor(record.startedAt / day) === start / day &&
          (record.steps[0]?.at ?? Infinity) <= (found?.readMs ?? 0) &&
          (record.vanishesAt ?? Infinity) > now,
      );
      expect(
        visible.filter(({ remoteId }) => !archived.has(remoteId)),
        where,
      ).toEqual([]);
    }
    expectStatement(db, source, starts.slice(0, 9), now);
  }
}

function expectStatement(db: Bench['archive']['db'], source: Source, starts: readonly number[], now: number): void {
  const [from = 0, to = 0] = [starts[0], starts.at(-1)];
  const statement = coverageStatement(db, { from, to }, now).sources.find((each) => each.source === source);
  const days = starts.map((start) => expectedDay(db, source, start, now));
  const reported = days.every((each) => each.reported !== null)
    ? days.reduce((sum, each) => sum + (each.reported ?? 0), 0)
    : null;
  expect(statement).toMatchObject({
    days: days.length,
    completeDays: days.filter(({ verdict }) => verdict === 'complete').length,
    reported,
    archived: days.reduce((sum, each) => sum + each.archived, 0),
    missing: days.flatMap(({ verdict }, index) =>
      verdict === 'complete' ? [] : [{ day: new Date(starts[index] ?? 0).toISOString().slice(0, 10), verdict }],
    ),
  });
}

function daysFrom(from: number, count: number): number[] {
  const first = Math.floor(from / day) * day;
  return Array.from({ length: count }, (_, index) => first + index * day);
}
