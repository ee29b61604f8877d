import type { PackageSource } from './package-source.ts';

const lineFeed = 0x0a;

/** The lines of a file in the package, without their ends; memory holds one line at a time. */
export async function* linesOf(source: PackageSource, path: string): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  for await (const piece of source.read(path)) {
    let from = 0;
    for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, from)) {
      pieces.push(piece.subarray(from, at));
      yield pieces.length === 1 ? (pieces[0] ?? Buffer.alloc(0)) : Buffer.concat(pieces);
      pieces = [];
      from = at + 1;
    }
    if (from < piece.length) pieces.push(piece.subarray(from));
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

/** Largest file that is read whole: manifests and the like, never payload. */
const mostReadWhole = 64 * 1024 * 1024;

/** A small file; null when it is missing or too large. */
export async function bytesOfFile(source: PackageSource, path: string): Promise<Buffer | null> {
  if (!source.has(path) || source.size(path) > mostReadWhole) return null;
  const pieces: Buffer[] = [];
  for await (const piece of source.read(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A small file as text; null when it is missing, too large or not UTF-8. */
export async function textOf(source: PackageSource, path: string): Promise<string | null> {
  const bytes = await bytesOfFile(source, path);
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
