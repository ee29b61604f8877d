import type { Source } from '../../../preload/model.ts';
import type { ReceivedRecord } from './decoded.ts';

/** Both ends inclusive, epoch milliseconds, about the start of the conversation. */
export interface Window {
  from: number;
  to: number;
}

/** One answer of a history API, checked for form; records are decoded but their bytes are kept. */
export interface HistoryPage {
  /** `_metadata.count`: hits of the whole query. 0 for an HTTP 204. */
  count: number;
  /** Some index partitions did not answer: `count` and records are incomplete. */
  partial: boolean;
  records: ReceivedRecord[];
  /** Elements of the record array without a usable id or start: bytes as received, kept aside by the store. */
  unidentified: Uint8Array[];
  /** Epoch milliseconds just before the request was sent, by our clock. */
  requestedAt: number;
  /** Epoch milliseconds when the answer was there, by our clock. */
  receivedAt?: number | undefined;
  /** The answer's `Date` header in epoch milliseconds: a second clock, against which sync checks ours. */
  serverTime?: number | undefined;
  /** Requests it took, retries included. */
  requests: number;
}

export interface SearchRequest {
  source: Source;
  window: Window;
  offset: number;
  /** 1 to 100. */
  limit: number;
  /** Messaging only: conversations updated at or after this time (`latestUpdateTime`). */
  updatedSince?: number;
}

/** A conversation to fetch whole, with its known start (liveperson-api.md 3.3: send a window around it). */
export interface KnownConversation {
  remoteId: string;
  startedAt: number;
}

/**
 * The remote side as sync sees it: authenticated, paced, retried. One request in flight per account.
 * All methods throw ArchiveError with a source-*, network-*, secret-* or cancelled code once retries are spent.
 */
export interface HistoryClient {
  search(request: SearchRequest, signal: AbortSignal): Promise<HistoryPage>;
  /** Chat: exactly one. Messaging: at most 100. */
  fetchByIds(source: Source, conversations: readonly KnownConversation[], signal: AbortSignal): Promise<HistoryPage>;
  /** Resolves the service's host and signs in; throws what is wrong with address or credentials. */
  connect(source: Source, signal: AbortSignal): Promise<{ domain: string }>;
  /** Requests sent so far, retries and token requests included. */
  readonly requestCount: number;
}
