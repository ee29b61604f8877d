import { ArchiveError } from '../../../preload/errors.ts';
import type { HistoryPage, KnownConversation } from './history-client.ts';

/** Only what was asked for: the answer's order and number are not promised. */
function onlyAsked(page: HistoryPage, conversations: readonly KnownConversation[]): HistoryPage {
  const asked = new Set(conversations.map(({ remoteId }) => remoteId));
  return { ...page, records: page.records.filter(({ conversation }) => asked.has(conversation.remoteId)) };
}

function isRefusal(error: unknown): boolean {
  return error instanceof ArchiveError && error.details?.['status'] === 400;
}

function joined(pages: readonly HistoryPage[]): HistoryPage {
  return {
    count: pages.reduce((sum, page) => sum + page.count, 0),
    partial: pages.some(({ partial }) => partial),
    records: pages.flatMap(({ records }) => records),
    unidentified: pages.flatMap(({ unidentified }) => unidentified),
    requestedAt: Math.min(...pages.map(({ requestedAt }) => requestedAt)),
    requests: pages.reduce((sum, page) => sum + page.requests, 0),
  };
}

/**
 * Whole records of several conversations in one request. Accounts whose service does not know that form yet answer
 * 400: then one by one, and an id that is refused alone is simply not in the result.
 */
export async function fetchBatch(
  conversations: readonly KnownConversation[],
  fetch: (conversations: readonly KnownConversation[]) => Promise<HistoryPage>,
): Promise<HistoryPage> {
  try {
    return onlyAsked(await fetch(conversations), conversations);
  } catch (error) {
    if (conversations.length === 1 || !isRefusal(error)) throw error;
    const pages: HistoryPage[] = [];
    for (const conversation of conversations) {
      try {
        pages.push(onlyAsked(await fetch([conversation]), [conversation]));
      } catch (single) {
        if (!isRefusal(single)) throw single;
      }
    }
    if (pages.length === 0) throw error;
    return joined(pages);
  }
}
