import { openHandles, processMemory } from './process-memory.ts';

interface Sample {
  at: number;
  rss: number;
  anonymous: number;
  handles: number;
}

/** More than this an hour is growth; less drowns in what a garbage collector does. */
const flatMbPerHour = 100;

/** Memory and handles of some processes over time. */
export class MemoryTable {
  readonly #names = new Map<number, string>();
  readonly #samples = new Map<number, Sample[]>();

  name(pid: number | undefined, name: string): void {
    if (pid !== undefined) this.#names.set(pid, name);
  }

  sample(): void {
    for (const pid of this.#names.keys()) {
      const memory = processMemory(pid);
      const handles = openHandles(pid);
      if (memory === null || handles === null) continue;
      const samples = this.#samples.get(pid) ?? [];
      samples.push({ at: Date.now(), rss: memory.rss, anonymous: memory.anonymous, handles });
      this.#samples.set(pid, samples);
    }
  }

  /** A row for each process that lived for more than a few samples. */
  rows(): Record<string, Record<string, number | string>> {
    const rows: Record<string, Record<string, number | string>> = {};
    for (const [pid, all] of this.#samples) {
      if (all.length < 6) continue;
      // The first third is warming up: caches fill.
      const samples = all.slice(Math.floor(all.length / 3));
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined) continue;
      const perHour = slope(samples, ({ anonymous }) => anonymous);
      const handles = slope(samples, (sample) => sample.handles);
      rows[`${this.#names.get(pid) ?? ''} (${pid})`] = {
        minutes: Math.round((last.at - (all[0]?.at ?? 0)) / 60_000),
        'peak RSS': Math.max(...all.map(({ rss }) => rss)),
        'RssAnon first': first.anonymous,
        'RssAnon last': last.anonymous,
        'RssAnon peak': Math.max(...all.map(({ anonymous }) => anonymous)),
        'MB an hour': Math.round(perHour),
        'handles first': first.handles,
        'handles last': last.handles,
        'handles peak': Math.max(...all.map((sample) => sample.handles)),
        flat: perHour <= flatMbPerHour && handles <= 10 ? 'yes' : 'no',
      };
    }
    return rows;
  }
}

/** Growth an hour by least squares. */
function slope(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const hours = samples.map(({ at }) => at / 3_600_000);
  const meanHour = mean(hours);
  const meanValue = mean(samples.map(value));
  let above = 0;
  let below = 0;
  for (const [index, sample] of samples.entries()) {
    const hour = (hours[index] ?? 0) - meanHour;
    above += hour * (value(sample) - meanValue);
    below += hour * hour;
  }
  return below === 0 ? 0 : above / below;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
