import { runRandomSchedule } from './random-schedule.ts';

/** Runs schedules with seeds `first` to `last`. @returns what is wrong, each with the seed that repeats it */
export async function runSeeds(first: number, last: number): Promise<string[]> {
  const problems: string[] = [];
  for (let seed = first; seed <= last && problems.length < 10; seed += 1) {
    problems.push(...(await runRandomSchedule(seed)).map((problem) => `seed ${seed}: ${problem}`));
  }
  return problems;
}
