import type { ReadyCommitment } from '../evidence/commitment.ts';
import type { FacetValue, IndexDocument } from '../search/document.ts';

/** Originals that were packed together beforehand, in the order in which the store will want them. */
export interface PackedBlock {
  z: Uint8Array;
  originals: readonly Uint8Array[];
}

/** What the row of a conversation shows in lists, beside numbers. */
export interface RowTexts {
  customer: string | null;
  /** JSON arrays of names. */
  agents: string;
  skills: string;
  messageCount: number;
}

/**
 * All that can be computed of a record before the archive is asked what it holds already. It was computed as if the
 * record were new: a record that differs from what is held is read again by the store.
 */
export interface PreparedRecord {
  accountId: string;
  sha256: Buffer;
  /** What the custody log salts the parts with. */
  seed: Buffer;
  /** To a first version that was received at this time. */
  commitment: ReadyCommitment & { receivedAt: number };
  document: IndexDocument;
  facets: readonly FacetValue[];
  row: RowTexts;
  /** Null when the original was not packed. */
  block: PackedBlock | null;
}
