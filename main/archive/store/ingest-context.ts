import { hash } from 'node:crypto';
import type { Flag, Source, VersionReason } from '../../../preload/model.ts';
import type { ReceivedRecord } from '../liveperson/decoded.ts';
import type { IndexDocument } from '../search/document.ts';
import type { StoredAccount } from './accounts.ts';
import type { Identity } from './conversation-row.ts';
import type { Via } from './versioning.ts';

export interface IngestContext {
  account: StoredAccount;
  source: Source;
  /** Epoch milliseconds. */
  receivedAt: number;
  via: Via;
}

export interface Ingested {
  remoteId: string;
  rid: number;
  outcome: 'added' | 'changed' | 'unchanged';
  /** The version that holds the record; the current one when nothing changed. */
  version: number;
  /** Null when nothing changed. */
  reason: VersionReason | null;
  /** Flags of the conversation as it is shown now. */
  flags: Flag[];
  /** What came is known to be poorer than what the source has: ask for the whole record. */
  needsById: boolean;
}

/** A version to be written with its batch: originals are packed together with their neighbours. */
export interface PendingVersion {
  rid: number;
  number: number;
  reason: VersionReason;
  record: ReceivedRecord;
  messageCount: number;
  sha256: Buffer;
  /** What the index is to hold from now on; null when the version changes nothing there. */
  document: IndexDocument | null;
  replace: boolean;
}

/** What became of one record. */
export interface Taken {
  result: Ingested;
  version: PendingVersion | null;
}

export function identityOf({ account, source }: IngestContext): Identity {
  return { account: account.key, accountId: account.accountId, source };
}

/** Asked of what was prepared where possible: counting messages means decoding the record otherwise. */
export function messageCountOf({ prepared, conversation }: ReceivedRecord): number {
  return prepared?.row.messageCount ?? conversation.messages.length;
}

export function sha256Of(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}
