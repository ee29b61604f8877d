/**
 * The property test of sync over a range of seeds (docs/decisions/0024). Usage: node bench/random-schedules.ts FIRST LAST
 */
import { runRandomSchedule } from '../test/unit/sync/random-schedule.ts';

const first = Number(process.argv[2] ?? 2001);
const last = Number(process.argv[3] ?? 22_000);
let failed = 0;
for (let seed = first; seed <= last; seed += 1) {
  const problems = await runRandomSchedule(seed);
  // A schedule never waits for anything, and native objects are let go of between two turns of the event loop.
  await new Promise(setImmediate);
  if (problems.length > 0) {
    failed += 1;
    process.stdout.write(`seed ${seed}: ${problems.join('; ')}\n`);
  }
  if (seed % 1000 === 0 || seed === last) process.stdout.write(`seeds ${first} to ${seed}: ${failed} failed\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
