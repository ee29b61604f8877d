import type { Job } from '../../preload/model.ts';
import { printableLine } from './printable.ts';

const barWidth = 24;
const quietMs = 5000;

/** Progress on stderr: a bar that redraws itself on a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #terminal = process.stderr.isTTY;
  #lastLineAt = 0;
  #drawn = false;

  update(job: Job): void {
    const text = describeProgress(job);
    if (this.#terminal) {
      process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
      this.#drawn = true;
    } else if (Date.now() - this.#lastLineAt >= quietMs) {
      this.#lastLineAt = Date.now();
      process.stderr.write(`${text}\n`);
    }
  }

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[2K');
    this.#drawn = false;
  }
}

export function describeProgress(job: Job): string {
  const counts =
    job.total === null ? `${format(job.done)} ${job.unit}` : `${format(job.done)} of ${format(job.total)} ${job.unit}`;
  const share = job.total === null || job.total === 0 ? null : Math.min(1, job.done / job.total);
  const bar = share === null ? '' : `[${'#'.repeat(Math.round(share * barWidth)).padEnd(barWidth, '.')}] `;
  return printableLine(`${job.kind} ${bar}${counts} · ${job.phase}`);
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
