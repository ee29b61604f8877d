import { constants, crc32, deflateRawSync } from 'node:zlib';

/** One file inside a zip, compressed: what the zip's directory says of it. */
interface Entry {
  name: Buffer;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

const mostIn32Bits = 0xffff_ffff;
const mostIn16Bits = 0xffff;
const utf8Names = 0x0800;
const deflated = 8;
/** 1980-01-01: the same content gives the same bytes. */
const noDate = 0x0021;

/**
 * Compresses text in pieces, so that memory holds one piece. Each piece is a run of whole deflate blocks, which may
 * stand one after the other; `end` closes the stream.
 */
export class Deflater {
  readonly #sink: (bytes: Uint8Array) => void;
  #crc = 0;
  #size = 0;
  #compressed = 0;
  #waiting: string[] = [];
  #length = 0;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= 256 * 1024) this.#flush();
  }

  end(): { crc: number; size: number; compressed: number } {
    this.#flush();
    this.#put(deflateRawSync(new Uint8Array()));
    return { crc: this.#crc, size: this.#size, compressed: this.#compressed };
  }

  #flush(): void {
    if (this.#length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(''), 'utf8');
    this.#waiting = [];
    this.#length = 0;
    this.#crc = crc32(bytes, this.#crc);
    this.#size += bytes.length;
    this.#put(deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
  }

  #put(bytes: Uint8Array): void {
    this.#compressed += bytes.length;
    this.#sink(bytes);
  }
}

/** Writes a zip synchronously into a sink, with ZIP64 where 32 bits are too few. */
export class ZipWriter {
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #entries: Entry[] = [];
  #offset = 0;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  add(name: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const compressed = deflateRawSync(bytes);
    const facts = { crc: crc32(bytes), size: bytes.length, compressed: compressed.length };
    this.addCompressed(name, facts, [compressed]);
  }

  /** A file that a `Deflater` made. */
  addCompressed(
    name: string,
    facts: { crc: number; size: number; compressed: number },
    pieces: Iterable<Uint8Array>,
  ): void {
    const entry: Entry = { name: Buffer.from(name, 'utf8'), ...facts, offset: this.#offset };
    this.#put(localHeader(entry));
    this.#put(entry.name);
    if (isLarge(entry)) this.#put(sizesOf(entry));
    for (const piece of pieces) this.#put(piece);
    this.#entries.push(entry);
  }

  finish(): void {
    const start = this.#offset;
    for (const entry of this.#entries) {
      const extra = isLarge(entry) || entry.offset >= mostIn32Bits ? placeOf(entry) : Buffer.alloc(0);
      this.#put(directoryHeader(entry, extra.length));
      this.#put(entry.name);
      this.#put(extra);
    }
    const size = this.#offset - start;
    const count = this.#entries.length;
    if (count >= mostIn16Bits || start >= mostIn32Bits || size >= mostIn32Bits) this.#put(end64(count, size, start));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(Math.min(count, mostIn16Bits), 8);
    end.writeUInt16LE(Math.min(count, mostIn16Bits), 10);
    end.writeUInt32LE(Math.min(size, mostIn32Bits), 12);
    end.writeUInt32LE(Math.min(start, mostIn32Bits), 16);
    this.#put(end);
  }

  #put(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    this.#sink(bytes);
  }
}

const isLarge = (entry: Entry) => entry.size >= mostIn32Bits || entry.compressed >= mostIn32Bits;

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30);
  const large = isLarge(entry);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(large ? 45 : 20, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(noDate, 12);
  header.writeUInt32LE(entry.crc, 14);
  header.writeUInt32LE(large ? mostIn32Bits : entry.compressed, 18);
  header.writeUInt32LE(large ? mostIn32Bits : entry.size, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(large ? 20 : 0, 28);
  return header;
}

function directoryHeader(entry: Entry, extra: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(extra > 0 ? 45 : 20, 4);
  header.writeUInt16LE(extra > 0 ? 45 : 20, 6);
  header.writeUInt16LE(utf8Names, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt16LE(noDate, 14);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(extra > 0 ? mostIn32Bits : entry.compressed, 20);
  header.writeUInt32LE(extra > 0 ? mostIn32Bits : entry.size, 24);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt16LE(extra, 30);
  header.writeUInt32LE(extra > 0 ? mostIn32Bits : entry.offset, 42);
  return header;
}

/** ZIP64 extra field of a local header: both sizes. */
function sizesOf(entry: Entry): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(entry.size), 4);
  extra.writeBigUInt64LE(BigInt(entry.compressed), 12);
  return extra;
}

/** ZIP64 extra field of a directory entry: both sizes and where the file starts. */
function placeOf(entry: Entry): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(entry.size), 4);
  extra.writeBigUInt64LE(BigInt(entry.compressed), 12);
  extra.writeBigUInt64LE(BigInt(entry.offset), 20);
  return extra;
}

function end64(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(start + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
