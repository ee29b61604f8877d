import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdDecompressSync } from 'node:zlib';
import { archiveFile } from '../../../main/archive/store/database.ts';

const frameStart = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * Files of an archive's folder in which a text stands: as it is, in any zstd frame that begins anywhere in them (also
 * one that was cut off), and in any frame that the database gives as a value.
 */
export function filesWith(folder: string, texts: readonly (string | Buffer)[]): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const bytes = contentOf(join(folder, name));
    if (bytes === null) continue;
    const frames = framesIn(bytes);
    for (const text of texts) {
      if (bytes.includes(text)) found.push(`${name}: ${nameOf(text)}`);
      if (frames.some((frame) => frame.includes(text))) found.push(`${name}, packed: ${nameOf(text)}`);
    }
  }
  const db = new Database(archiveFile(folder), { readonly: true });
  const blocks = db.prepare<[], Buffer>('SELECT z FROM block UNION ALL SELECT z FROM unidentified').pluck().all();
  db.close();
  for (const text of texts) {
    if (blocks.some((z) => zstdDecompressSync(z).includes(text))) found.push(`a block: ${nameOf(text)}`);
  }
  return found;
}

const nameOf = (text: string | Buffer) => (typeof text === 'string' ? text : text.toString('hex'));

function contentOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

function framesIn(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = bytes.indexOf(frameStart); at >= 0; at = bytes.indexOf(frameStart, at + 1)) {
    try {
      // What comes after the frame does not matter, and of one that was cut off as much is read as can be.
      frames.push(zstdDecompressSync(bytes.subarray(at), { finishFlush: constants.ZSTD_e_flush }));
    } catch {
      // Four bytes that happen to look like the start of a frame.
    }
  }
  return frames;
}

/** Pieces of a packed block: a frame that was cut in two, or lost its beginning, shows by them. */
export function piecesOf(z: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at + 24 <= z.length; at += 24) pieces.push(z.subarray(at, at + 24));
  return pieces;
}
