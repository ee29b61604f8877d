import type { FileHandle } from 'node:fs/promises';

/** One file of a zip, as central directory and local header agree on it. */
export interface ZipEntry {
  name: string;
  method: number;
  crc32: number;
  compressedSize: number;
  size: number;
  headerStart: number;
  dataStart: number;
  /** Flags, method and time as the directory has them, and its further fields: both stand before the data too. */
  common: Buffer;
  extra: Buffer;
}

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
const end64Mark = 0x06064b50;
const locator64Mark = 0x07064b50;
const descriptorMark = 0x08074b50;
const extra64 = 0x0001;
const unknown32 = 0xffffffff;
const unknown16 = 0xffff;
/** Of the zip format, as a reader of plain and of 64-bit zips needs them. */
const knownVersions = new Set([10, 20, 45]);
const hasDescriptor = 0x0008;
const isUtf8 = 0x0800;
/** A package has some dozens of files; a directory beyond this is somebody's attack on our memory. */
const largestDirectory = 64 * 1024 * 1024;

type Problems = { subject: string; problem: string }[];

/** The entries of a zip. Throws when it is no whole zip; tells of what is odd beside that. */
export async function readDirectory(handle: FileHandle): Promise<{ entries: ZipEntry[]; problems: Problems }> {
  const { size: fileSize } = await handle.stat();
  const end = await readEnd(handle, fileSize);
  if (end.size > largestDirectory) throw new Error('its directory is too large');
  const directory = await readAt(handle, end.start, end.size);
  const central = parseDirectory(directory, end.entries);
  const problems: Problems = [];
  let position = 0;
  const entries: ZipEntry[] = [];
  for (const entry of central.sort((one, other) => one.headerStart - other.headerStart)) {
    if (entry.headerStart !== position)
      problems.push({ subject: entry.name, problem: 'has bytes before it that belong to nothing' });
    const local = await readLocal(handle, entry, problems);
    position = local.end;
    entries.push({ ...entry, dataStart: local.dataStart });
  }
  if (position !== end.start)
    problems.push({ subject: 'zip', problem: 'has bytes before its directory that belong to nothing' });
  return { entries, problems };
}

async function readAt(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, start);
  if (bytesRead !== length) throw new Error('it ends too early');
  return buffer;
}

/** The end record, which has no comment here: the zip's last 22 bytes, with a 64-bit one before it if need be. */
async function readEnd(
  handle: FileHandle,
  fileSize: number,
): Promise<{ entries: number; size: number; start: number }> {
  if (fileSize < 22) throw new Error('it is too short');
  const record = await readAt(handle, fileSize - 22, 22);
  if (record.readUInt32LE(0) !== endMark || record.readUInt16LE(20) !== 0) throw new Error('it has no end');
  const same = record.readUInt16LE(8) === record.readUInt16LE(10);
  if (record.readUInt32LE(4) !== 0 || !same) throw new Error('it claims to be in several pieces');
  const small = { entries: record.readUInt16LE(10), size: record.readUInt32LE(12), start: record.readUInt32LE(16) };
  let endStart = fileSize - 22;
  const is64 = small.entries === unknown16 || small.size === unknown32 || small.start === unknown32;
  if (is64) {
    const locator = await readAt(handle, fileSize - 42, 20);
    if (locator.readUInt32LE(0) !== locator64Mark) throw new Error('its 64-bit end is missing');
    endStart = readLength(locator, 8);
    const large = await readAt(handle, endStart, 56);
    if (large.readUInt32LE(0) !== end64Mark) throw new Error('its 64-bit end is damaged');
    small.entries = readLength(large, 32);
    small.size = readLength(large, 40);
    small.start = readLength(large, 48);
  }
  if (small.start + small.size !== endStart) throw new Error('its directory is not where it should be');
  return small;
}

function readLength(buffer: Buffer, offset: number): number {
  const value = buffer.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('it claims impossible sizes');
  return Number(value);
}

function parseDirectory(directory: Buffer, count: number): Omit<ZipEntry, 'dataStart'>[] {
  const entries: Omit<ZipEntry, 'dataStart'>[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== centralMark)
      throw new Error('its directory is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const commentLength = directory.readUInt16LE(at + 32);
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > directory.length || commentLength !== 0) throw new Error('its directory is damaged');
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    if ((flags & ~(hasDescriptor | isUtf8)) !== 0) throw new Error('it has encrypted or unusual entries');
    if (method !== 0 && method !== 8) throw new Error('it is packed in an unusual way');
    const entry = {
      name: safeName(directory.subarray(at + 46, at + 46 + nameLength)),
      method,
      crc32: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerStart: directory.readUInt32LE(at + 42),
      common: directory.subarray(at + 8, at + 16),
      extra: directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength),
    };
    fill64(entry);
    entries.push({ ...entry, extra: without64(entry.extra) });
    at = next;
  }
  if (at !== directory.length) throw new Error('its directory is longer than it says');
  return entries;
}

/** The fields of an extra block, each with its four bytes of kind and length. */
function extraFields(extra: Buffer): { kind: number; field: Buffer }[] {
  const fields: { kind: number; field: Buffer }[] = [];
  for (let at = 0; at < extra.length;) {
    const end = at + 4 + (at + 4 <= extra.length ? extra.readUInt16LE(at + 2) : extra.length);
    if (end > extra.length) throw new Error('its further fields are damaged');
    fields.push({ kind: extra.readUInt16LE(at), field: extra.subarray(at, end) });
    at = end;
  }
  return fields;
}

function without64(extra: Buffer): Buffer {
  return Buffer.concat(extraFields(extra).flatMap(({ kind, field }) => (kind === extra64 ? [] : [field])));
}

/** Sizes beyond 32 bits stand in an extra field, only those that did not fit, in this order. */
function fill64(entry: Pick<ZipEntry, 'size' | 'compressedSize' | 'headerStart' | 'extra'>): void {
  for (const { kind, field } of extraFields(entry.extra)) {
    if (kind !== extra64) continue;
    let offset = 4;
    for (const key of ['size', 'compressedSize', 'headerStart'] as const) {
      if (entry[key] !== unknown32) continue;
      if (offset + 8 > field.length) throw new Error('its 64-bit sizes are missing');
      entry[key] = readLength(field, offset);
      offset += 8;
    }
  }
}

/** Names that lead out of the folder, or that systems read in different ways, are refused. */
function safeName(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  const parts = name.split('/');
  const bad =
    !Buffer.from(name, 'utf8').equals(bytes) ||
    /[\\\0:]/u.test(name) ||
    parts.some((part, index) => part === '.' || part === '..' || (part === '' && index < parts.length - 1));
  if (bad) throw new Error('it has an entry whose name leads elsewhere');
  return name;
}

async function readLocal(
  handle: FileHandle,
  entry: Omit<ZipEntry, 'dataStart'>,
  problems: Problems,
): Promise<{ dataStart: number; end: number }> {
  const header = await readAt(handle, entry.headerStart, 30);
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  const name = await readAt(handle, entry.headerStart + 30, nameLength);
  const extra = await readAt(handle, entry.headerStart + 30 + nameLength, extraLength);
  const dataStart = entry.headerStart + 30 + nameLength + extraLength;
  const streamed = (header.readUInt16LE(6) & hasDescriptor) !== 0;
  const agrees =
    header.readUInt32LE(0) === localMark &&
    name.toString('utf8') === entry.name &&
    knownVersions.has(header.readUInt16LE(4)) &&
    header.subarray(6, 14).equals(entry.common) &&
    // Before the data there may be less than in the directory, never something else.
    [0, entry.extra.length].includes(without64(extra).length) &&
    entry.extra.includes(without64(extra)) &&
    sameSizes(header, entry, streamed);
  if (!agrees) problems.push({ subject: entry.name, problem: 'is described differently in two places of the zip' });
  const dataEnd = dataStart + entry.compressedSize;
  return { dataStart, end: streamed ? dataEnd + (await descriptorLength(handle, dataEnd, entry, problems)) : dataEnd };
}

/** What is written as a stream has its checksum and sizes after the data, and zeros before it. */
function sameSizes(header: Buffer, entry: Omit<ZipEntry, 'dataStart'>, streamed: boolean): boolean {
  const stated = [header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22)];
  const expected = streamed ? [0, 0, 0] : [entry.crc32, entry.compressedSize, entry.size];
  return stated.every((value, index) => value === expected[index] || (!streamed && index > 0 && value === unknown32));
}

async function descriptorLength(
  handle: FileHandle,
  start: number,
  entry: Omit<ZipEntry, 'dataStart'>,
  problems: Problems,
): Promise<number> {
  const record = await readAt(handle, start, 16);
  const agrees = record.readUInt32LE(0) === descriptorMark && record.readUInt32LE(4) === entry.crc32;
  const fits32 = record.readUInt32LE(8) === entry.compressedSize && record.readUInt32LE(12) === entry.size;
  if (agrees && fits32) return 16;
  const large = await readAt(handle, start, 24);
  const fits64 = readLength(large, 8) === entry.compressedSize && readLength(large, 16) === entry.size;
  if (!agrees || !fits64) problems.push({ subject: entry.name, problem: 'is described differently after its content' });
  return 24;
}
