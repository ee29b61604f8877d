import { hash, randomBytes } from 'node:crypto';
import type { Source } from '../../../preload/model.ts';
import { commitExpected } from '../evidence/commitment.ts';
import type { DecodedConversation } from '../liveperson/decoded.ts';
import { facetValues, indexDocument } from '../search/document.ts';
import { blockEnd, compressBlock } from '../store/blocks.ts';
import { rowTexts } from '../store/row-texts.ts';
import type { PackedBlock, PreparedRecord } from './prepared.ts';

/** A record to prepare, and what is known of it. */
export interface RecordToPrepare {
  source: Source;
  accountId: string;
  original: Uint8Array;
  /** What JSON.parse makes of the original; undefined where it is not at hand. */
  plain?: unknown;
  conversation: DecodedConversation;
}

const seedLength = 32;

/** Computes what the store will need of records, in their order. Pure, but for the seeds, which are random. */
export function prepareRecords(records: readonly RecordToPrepare[], receivedAt: number): PreparedRecord[] {
  const seeds = randomBytes(seedLength * records.length);
  const blocks = packBlocks(records);
  return records.map(({ source, accountId, original, plain, conversation }, index) => {
    const identity = { accountId, source };
    const seed = seeds.subarray(seedLength * index, seedLength * (index + 1));
    const sha256 = hash('sha256', original, 'buffer');
    const { remoteId } = conversation;
    const expected = { source, accountId, remoteId, version: 1, receivedAt, reason: 'first-seen', sha256 };
    return {
      accountId,
      sha256,
      seed,
      commitment: { receivedAt, ...commitExpected(expected, seed, original, plain) },
      document: indexDocument(conversation, identity, conversation.flags),
      facets: facetValues(conversation, identity, conversation.flags),
      row: rowTexts(conversation),
      block: blocks[index] ?? null,
    };
  });
}

/** Packs originals as the store does when all of them are new: by start, which is the order of their row ids. */
function packBlocks(records: readonly RecordToPrepare[]): PackedBlock[] {
  const order = records.map((_, index) => index);
  order.sort((a, b) => startOf(records[a]) - startOf(records[b]));
  const sorted = order.flatMap((index) => records[index]?.original ?? []);
  const blocks: PackedBlock[] = [];
  for (let first = 0; first < sorted.length;) {
    const end = blockEnd(sorted, first);
    const originals = sorted.slice(first, end);
    const block = { z: compressBlock(originals), originals };
    for (const index of order.slice(first, end)) blocks[index] = block;
    first = end;
  }
  return blocks;
}

function startOf(record: RecordToPrepare | undefined): number {
  return record?.conversation.startedAt ?? 0;
}
