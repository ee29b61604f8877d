import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Sort } from '../../../preload/model.ts';
import type { Place } from './rids.ts';

const placeSchema = z.tuple([z.enum(['newest', 'oldest']), z.number().int(), z.number().int().nonnegative()]);
const offsetSchema = z.tuple([z.literal('relevance'), z.number().int().nonnegative()]);

/** Where the next page begins. Callers pass it back unread. */
export type Cursor = { place: Place } | { offset: number };

export function writeCursor(sort: Sort, cursor: Cursor): string {
  const value = 'place' in cursor ? [sort, cursor.place.start, cursor.place.rid] : [sort, cursor.offset];
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws ArchiveError invalid-input when the cursor is not one of ours, or of another order. */
export function readCursor(sort: Sort, text: string): Cursor {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw strangeCursor();
  }
  if (sort === 'relevance') {
    const parsed = offsetSchema.safeParse(value);
    if (parsed.success) return { offset: parsed.data[1] };
  } else {
    const parsed = placeSchema.safeParse(value);
    if (parsed.success && parsed.data[0] === sort) return { place: { start: parsed.data[1], rid: parsed.data[2] } };
  }
  throw strangeCursor();
}

function strangeCursor(): ArchiveError {
  return new ArchiveError('invalid-input', 'This is not a place where a page of these results ended.', {
    hint: 'Search again from the first page.',
  });
}
