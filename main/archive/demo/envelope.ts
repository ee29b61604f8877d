import type { Source } from '../../../preload/model.ts';
import type { Paging } from './history-request.ts';

/** The two record arrays have different names; clients mix them up. */
const recordArray: Record<Source, string> = {
  chat: 'interactionHistoryRecords',
  messaging: 'conversationHistoryRecords',
};

/** The documentation's own samples point into the data centre: no client may follow these. */
const foreignOrigin = 'http://history-indexer.internal.example:8080';

export interface Envelope {
  source: Source;
  path: string;
  count: number;
  /** Null where the method does not page. */
  paging: Paging | null;
  partial: boolean;
  /** Exact record texts. */
  texts: readonly string[];
}

/** The answer's text. Record texts go in untouched. */
export function writeEnvelope(envelope: Envelope): string {
  const { count, paging } = envelope;
  const link = (rel: string, offset: number, limit: number) => ({
    rel,
    href: `${foreignOrigin}${envelope.path}?limit=${String(limit)}&offset=${String(offset)}`,
  });
  const metadata: Record<string, unknown> = { count };
  if (paging !== null) {
    const { offset, limit } = paging;
    metadata['self'] = link('self', offset, limit);
    if (offset + limit < count) metadata['next'] = link('next', offset + limit, limit);
    if (offset > 0) metadata['prev'] = link('prev', Math.max(0, offset - limit), limit);
    if (count > limit) metadata['last'] = link('last', Math.floor((count - 1) / limit) * limit, limit);
  }
  metadata['shardsStatusResult'] = envelope.partial
    ? { partialResult: true, failureShards: 1, totalShards: 5 }
    : { partialResult: false };
  return `{"_metadata":${JSON.stringify(metadata)},"${recordArray[envelope.source]}":[${envelope.texts.join(',')}]}`;
}
