import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes of a process, as Linux counts them. */
export interface ProcessMemory {
  /** All that is in memory, pages of mapped files included. */
  rss: number;
  /** What only this process has and what could not be read from a file again: the figure that must not grow. */
  anonymous: number;
  /** The highest that `rss` ever was. */
  peak: number;
}

/** Memory of a process, of this one unless told otherwise. Null where there is no /proc, or no such process. */
export function processMemory(pid: number | 'self' = 'self'): ProcessMemory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1]) / 1024);
    return { rss: megabytes('VmRSS'), anonymous: megabytes('RssAnon'), peak: megabytes('VmHWM') };
  } catch {
    return null;
  }
}

/** Open files, sockets and pipes of a process; null where that cannot be known. */
export function openHandles(pid: number | 'self' = 'self'): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}
