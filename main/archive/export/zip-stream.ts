import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

const localMark = 0x04034b50;
const unknown32 = 0xffffffff;

/** One file of a zip that is read from front to back. Take its content before the next, or leave it. */
interface StreamedEntry {
  name: string;
  content(): AsyncIterable<Buffer>;
}

/**
 * The files of a zip as the exports write them (names and sizes before each file), without going back and forth:
 * it may itself lie inside a zip.
 */
export async function* zipEntries(pieces: AsyncIterable<Buffer>): AsyncGenerator<StreamedEntry> {
  const reader = new PieceReader(pieces);
  for (;;) {
    const mark = await reader.take(4);
    if (mark.length < 4 || mark.readUInt32LE(0) !== localMark) return;
    const header = await reader.take(26);
    const method = header.readUInt16LE(4);
    const name = (await reader.take(header.readUInt16LE(22))).toString('utf8');
    const extra = await reader.take(header.readUInt16LE(24));
    const { size, compressed } = sizesOf(header, extra);
    const raw = reader.run(compressed);
    yield { name, content: () => (method === 0 ? raw : inflated(raw, size)) };
    for await (const piece of raw) void piece;
  }
}

function sizesOf(header: Buffer, extra: Buffer): { size: number; compressed: number } {
  const [compressed, size] = [header.readUInt32LE(14), header.readUInt32LE(18)];
  if (compressed !== unknown32 && size !== unknown32) return { size, compressed };
  if (extra.length < 20 || extra.readUInt16LE(0) !== 1) throw new Error('A zip inside has no sizes.');
  return { size: Number(extra.readBigUInt64LE(4)), compressed: Number(extra.readBigUInt64LE(12)) };
}

async function* inflated(raw: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Buffer> = pipeline(Readable.from(raw), createInflateRaw(), () => undefined);
  let read = 0;
  for await (const piece of stream) {
    read += piece.length;
    if (read > size) throw new Error('A file in a zip inside is longer than the zip says.');
    yield piece;
  }
}

class PieceReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** So many bytes, or fewer at the end. */
  async take(length: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    for await (const piece of this.run(length)) taken.push(piece);
    return Buffer.concat(taken);
  }

  async *run(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) {
        const next = await this.#pieces.next();
        if (next.done === true) return;
        this.#rest = next.value;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}
