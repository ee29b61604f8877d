import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Message } from '../../../preload/model.ts';
import { loadDecoded } from '../store/transcripts.ts';
import { foldText } from './fold.ts';

/** A message with its text as the index has it, so that most messages are seen not to match at a glance. */
export interface FoldedMessage extends Message {
  folded: string;
}

interface Cache {
  entries: Map<number, { of: string; messages: readonly FoldedMessage[]; size: number }>;
  size: number;
}

/**
 * UTF-16 units of text that are kept ready. Whoever types a query sees much the same newest conversations again
 * with every letter; unpacking and reading them anew is most of what a page costs.
 */
const mostText = 12_000_000;
const caches = new WeakMap<Database, Cache>();

/**
 * The messages of a conversation's current version, lately used ones from memory.
 * @param of names conversation and version: a row id that one conversation left may be another's now
 */
export function messagesOf(db: Database, rid: number, of: string): readonly FoldedMessage[] {
  let cache = caches.get(db);
  if (cache === undefined) {
    cache = { entries: new Map(), size: 0 };
    caches.set(db, cache);
  }
  const known = cache.entries.get(rid);
  if (known !== undefined) {
    cache.entries.delete(rid);
    cache.size -= known.size;
  }
  const entry = known?.of === of ? known : readEntry(db, rid, of);
  cache.entries.set(rid, entry);
  cache.size += entry.size;
  for (const [oldest, { size }] of cache.entries) {
    if (cache.size <= mostText) break;
    cache.entries.delete(oldest);
    cache.size -= size;
  }
  return entry.messages;
}

function readEntry(db: Database, rid: number, of: string) {
  const messages = readMessages(db, rid).map((message) => ({ ...message, folded: foldText(message.text) }));
  // A message without text costs memory, too.
  const size = messages.reduce(
    (sum, { text, folded }) => sum + text.length + (folded === text ? 0 : folded.length) + 200,
    100,
  );
  return { of, messages, size };
}

/** A damaged original must not hide the rest of the list: its row shows the facts, and opening it says what is wrong. */
function readMessages(db: Database, rid: number): readonly Message[] {
  try {
    return loadDecoded(db, rid).messages;
  } catch (error) {
    if (error instanceof ArchiveError && error.code === 'archive-corrupt') return [];
    throw error;
  }
}
