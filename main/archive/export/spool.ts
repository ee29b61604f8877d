import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const pieceLength = 256 * 1024;

/** Bytes that have to wait on disk until their place in the final file comes. */
export class Spool {
  readonly #handle: number;
  readonly #folder: string;
  #length = 0;

  /** @param above an existing folder of the export; the spool makes one of its own in it and removes it again */
  constructor(above: string) {
    this.#folder = mkdtempSync(join(above, '.spool-'));
    this.#handle = openSync(join(this.#folder, 'bytes'), 'wx+', 0o600);
  }

  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const written = writeSync(this.#handle, bytes, from, bytes.length - from, this.#length);
      from += written;
      this.#length += written;
    }
  }

  *read(): Generator<Uint8Array> {
    for (let at = 0; at < this.#length;) {
      const piece = Buffer.allocUnsafe(Math.min(pieceLength, this.#length - at));
      const read = readSync(this.#handle, piece, 0, piece.length, at);
      if (read === 0) throw new Error('A temporary file of the export was cut short.');
      at += read;
      yield piece.subarray(0, read);
    }
  }

  close(): void {
    closeSync(this.#handle);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
