import { setImmediate } from 'node:timers/promises';
import { ArchiveError } from '../../../preload/errors.ts';

/** How far long work has come; the shape of a job's progress. */
export interface Progress {
  /** In a few plain words. */
  phase: string;
  done: number;
  total: number | null;
  unit: 'conversations' | 'days' | 'records' | 'files' | 'pages' | 'bytes';
}

export interface LongWork {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Between two steps: lets other calls have their turn, and stops when asked to. */
export async function betweenSteps(signal: AbortSignal | undefined): Promise<void> {
  refuseWhenCancelled(signal);
  await setImmediate();
  refuseWhenCancelled(signal);
}

export function refuseWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new ArchiveError('cancelled', 'The work was cancelled. What was done before stays.', { retryable: true });
  }
}
