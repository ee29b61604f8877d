import { ArchiveError } from '../../preload/errors.ts';
import { hitEnd, hitStart, sortSchema, type Hit, type Sort } from '../../preload/model.ts';
import { printableLine } from './printable.ts';
import type { Session } from './session.ts';

const largestPage = 200;

/** Reads page after page until `limit` hits are there. */
export async function hitsOf(
  session: Session,
  input: { query: string; timeZone: string; sort: Sort; limit: number; offset: number; asKnownOn?: number },
): Promise<{ hits: Hit[]; elapsedMs: number }> {
  const hits: Hit[] = [];
  let elapsedMs = 0;
  let cursor: string | undefined;
  const { limit, offset, ...search } = input;
  while (hits.length < limit) {
    const page = await session.call('search.page', {
      ...search,
      limit: Math.min(largestPage, limit - hits.length),
      ...(cursor === undefined ? { offset } : { cursor }),
    });
    hits.push(...page.hits);
    elapsedMs += page.elapsedMs;
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return { hits, elapsedMs };
}

/** @throws ArchiveError invalid-input */
export function readSort(text: string): Sort {
  const parsed = sortSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ArchiveError('invalid-input', `Unknown order: ${text}`, { hint: 'Use newest, oldest or relevance.' });
}

/** A hit as people read it: who and when, then what matched. */
export function hitText(hit: Hit): string {
  const when = new Date(hit.startedAt).toISOString().slice(0, 16).replace('T', ' ');
  const who = `${hit.customer ?? 'unknown'} → ${hit.agents.join(', ') || 'nobody'}`;
  const lines = [`${when} · ${hit.id} · ${who} · ${hit.messageCount} messages`];
  for (const match of hit.matchedMessages.slice(0, 3)) {
    lines.push(`    ${match.speaker}: ${match.snippet.replaceAll(hitStart, '»').replaceAll(hitEnd, '«')}`);
  }
  return lines.map((line) => (line.startsWith(' ') ? `    ${printableLine(line)}` : printableLine(line))).join('\n');
}
