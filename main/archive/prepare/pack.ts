import type { ReceivedRecord } from '../liveperson/decoded.ts';
import { indexColumns, type FacetValue, type IndexColumn, type IndexDocument } from '../search/document.ts';
import { type ConversationHead, headOf, LazyConversation } from './lazy-conversation.ts';
import type { PackedBlock, PreparedRecord, RowTexts } from './prepared.ts';

/**
 * Prepared records on their way between threads. Bytes lie in one buffer that changes hands instead of being copied,
 * facet values that recur in a table; the rest is strings and numbers.
 */
export interface PackedRecords {
  bytes: ArrayBuffer;
  facets: FacetValue[];
  records: PackedRecord[];
  /** Records by number, in the order in which they lie in the block. */
  blocks: { z: Span; members: number[] }[];
}

/** Start and length. */
type Span = readonly [number, number];

interface PackedRecord {
  head: ConversationHead;
  original: Span;
  accountId: string;
  receivedAt: number;
  /** Hash, seed, commitment and audit path, one after the other. */
  proof: Span;
  /** In the order of `indexColumns`. */
  document: string[];
  facets: number[];
  row: RowTexts;
}

export interface ReadyRecord extends ReceivedRecord {
  prepared: PreparedRecord;
}

const hashLength = 32;

/** Puts bytes one after the other, and into one buffer at the end. */
class ByteCollector {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  add(...parts: readonly Uint8Array[]): Span {
    const start = this.#length;
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
    return [start, this.#length - start];
  }

  collect(): ArrayBuffer {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all.buffer;
  }
}

/** Packs records for another thread. `bytes` of the result is to be transferred. */
export function packRecords(records: readonly ReadyRecord[]): PackedRecords {
  const collector = new ByteCollector();
  const facets: FacetValue[] = [];
  const facetNumbers = new Map<string, number>();
  const blocks = new Map<PackedBlock, number[]>();
  const numberOfOriginal = new Map(records.map(({ original }, index) => [original, index]));
  const packed = records.map(({ original, conversation, prepared }): PackedRecord => {
    const { accountId, sha256, seed, commitment, document, row, block } = prepared;
    if (block !== null && !blocks.has(block)) {
      blocks.set(
        block,
        block.originals.map((member) => numberOfOriginal.get(member) ?? -1),
      );
    }
    return {
      head: headOf(conversation),
      original: collector.add(original),
      accountId,
      receivedAt: commitment.receivedAt,
      proof: collector.add(sha256, seed, commitment.commitment, commitment.path),
      document: indexColumns.map((column) => document[column]),
      facets: prepared.facets.map((facet) => {
        const key = `${facet.field}\0${facet.value}`;
        let number = facetNumbers.get(key);
        if (number === undefined) {
          number = facets.push(facet) - 1;
          facetNumbers.set(key, number);
        }
        return number;
      }),
      row,
    };
  });
  const packedBlocks = [...blocks].map(([{ z }, members]) => ({ z: collector.add(z), members }));
  return { facets, records: packed, blocks: packedBlocks, bytes: collector.collect() };
}

/** The records as they were, but for their conversations, which decode themselves when asked for more than their head. */
export function unpackRecords({ bytes, facets, records, blocks }: PackedRecords): ReadyRecord[] {
  const slice = ([start, length]: Span) => Buffer.from(bytes, start, length);
  const originals = records.map(({ original }) => slice(original));
  const blockOf: PackedBlock[] = [];
  for (const { z, members } of blocks) {
    const block = { z: slice(z), originals: members.flatMap((number) => originals[number] ?? []) };
    for (const number of members) blockOf[number] = block;
  }
  return records.map(({ head, accountId, receivedAt, proof, document, row, ...record }, index): ReadyRecord => {
    const original = originals[index] ?? Buffer.alloc(0);
    const hashes = slice(proof);
    return {
      original,
      conversation: new LazyConversation(head, original),
      prepared: {
        accountId,
        sha256: hashes.subarray(0, hashLength),
        seed: hashes.subarray(hashLength, 2 * hashLength),
        commitment: {
          receivedAt,
          commitment: hashes.subarray(2 * hashLength, 3 * hashLength),
          path: hashes.subarray(3 * hashLength),
        },
        document: documentOf(document),
        facets: record.facets.flatMap((number) => facets[number] ?? []),
        row,
        block: blockOf[index] ?? null,
      },
    };
  });
}

function documentOf(texts: readonly string[]): IndexDocument {
  const document: Partial<Record<IndexColumn, string>> = {};
  for (let index = 0; index < indexColumns.length; index += 1) {
    const column = indexColumns[index];
    if (column !== undefined) document[column] = texts[index] ?? '';
  }
  return document as IndexDocument;
}
