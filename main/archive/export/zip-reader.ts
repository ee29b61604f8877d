import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { ArchiveError } from '../../../preload/errors.ts';
import { toReadError } from './file-error.ts';
import type { PackageSource } from './package-source.ts';
import { readDirectory, type ZipEntry } from './zip-directory.ts';

/**
 * Reads a zip strictly: every byte must belong to an entry or to the directory, both must say the same of each entry,
 * and no name may lead out of the folder. A package has nothing to hide in gaps.
 */
export async function openZip(path: string): Promise<PackageSource> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw toReadError(error, path);
  }
  try {
    const { entries, problems } = await readDirectory(handle);
    const top = topFolder(entries);
    const files = new Map<string, ZipEntry>();
    for (const entry of entries) {
      const name = entry.name.slice(top.length);
      if (files.has(name)) problems.push({ subject: name, problem: 'is in the zip twice' });
      if (!name.endsWith('/')) files.set(name, entry);
    }
    return {
      paths: [...files.keys()].sort(),
      problems,
      has: (name) => files.has(name),
      size: (name) => files.get(name)?.size ?? 0,
      read(name) {
        const entry = files.get(name);
        if (entry === undefined) throw new Error(`There is no ${name} in the zip.`);
        return readEntry(handle, entry);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    if (error instanceof ArchiveError) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new ArchiveError(
      'invalid-input',
      `${basename(path)} is neither a package folder nor a whole zip: ${problem}`,
      {
        hint: 'Ask for the package again: it was cut short or damaged on its way.',
        cause: error,
      },
    );
  }
}

/** The one folder that all entries lie in, with its `/`. */
function topFolder(entries: readonly ZipEntry[]): string {
  const first = entries[0]?.name ?? '';
  const top = first.slice(0, first.indexOf('/') + 1);
  if (top === '' || entries.some((entry) => !entry.name.startsWith(top))) {
    throw new Error('its files do not lie in one folder');
  }
  return top;
}

async function* readEntry(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const raw = Readable.from(readRange(handle, entry.dataStart, entry.compressedSize));
  const stream: AsyncIterable<Buffer> = entry.method === 0 ? raw : pipeline(raw, createInflateRaw(), () => undefined);
  let size = 0;
  let checksum = 0;
  for await (const piece of stream) {
    size += piece.length;
    // Says no to a bomb before it has grown.
    if (size > entry.size) throw new Error('is longer than the zip says');
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.size) throw new Error('is shorter than the zip says');
  if (checksum !== entry.crc32) throw new Error('does not match its checksum in the zip');
}

async function* readRange(handle: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length;) {
    const piece = Buffer.allocUnsafe(Math.min(256 * 1024, length - done));
    const { bytesRead } = await handle.read(piece, 0, piece.length, start + done);
    if (bytesRead === 0) throw new Error('the zip ends too early');
    done += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
