import { createHash } from 'node:crypto';
import { isoTime } from '../../../preload/public-json.ts';
import type { Transcript } from '../../../preload/model.ts';

/**
 * Where a file about one conversation goes: `MONTH/NAME`. Names hold only what every file system takes; an id that
 * had to be changed for that, or that differs from another only in capitals, is told apart by its hash.
 */
export function conversationPath({ id, startedAt }: Pick<Transcript, 'id' | 'startedAt'>): string {
  const month = monthOf(startedAt);
  const plain = id.replaceAll(':', '-');
  if (/^[a-z0-9-]{1,100}$/u.test(plain)) return `${month}/${plain}`;
  const hash = createHash('sha256').update(id, 'utf8').digest('hex').slice(0, 12);
  return `${month}/${plain.replace(/[^A-Za-z0-9-]+/gu, '_').slice(0, 100)}-${hash}`;
}

/** Month of a time, UTC: `2026-03`. Times beyond the calendar share one. */
export function monthOf(time: number): string {
  return Number.isNaN(new Date(time).getTime()) ? 'unknown' : isoTime(time).slice(0, -17);
}
