import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** What is known about a file once it is written. */
export interface WrittenFile {
  /** Relative to the package, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
  sha512: string;
}

const bufferSize = 256 * 1024;

/**
 * A file that is hashed while it is written. Writing is synchronous on purpose: exports run in a process of their
 * own, and memory stays flat because nothing can pile up before a slow disk.
 */
export class OutputFile {
  readonly #path: string;
  readonly #handle: number;
  readonly #sha256 = createHash('sha256');
  readonly #sha512 = createHash('sha512');
  readonly #buffer = Buffer.allocUnsafe(bufferSize);
  #filled = 0;
  #bytes = 0;
  #open = true;

  /** @param path how the file is called in the package; `file` where it lies now. Fails when it exists. */
  constructor(path: string, file: string) {
    this.#path = path;
    this.#handle = openSync(file, 'wx', 0o600);
  }

  write(chunk: string | Uint8Array): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    if (this.#filled + bytes.length > bufferSize) this.#flush();
    if (bytes.length > bufferSize) this.#put(bytes);
    else {
      this.#buffer.set(bytes, this.#filled);
      this.#filled += bytes.length;
    }
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes + this.#filled;
  }

  /** Writes what is left, waits for the disk (unless the file is a step on the way) and says what the file is. */
  close({ durable = true } = {}): WrittenFile {
    this.#flush();
    if (durable) fsyncSync(this.#handle);
    this.abandon();
    return {
      path: this.#path,
      bytes: this.#bytes,
      sha256: this.#sha256.digest('hex'),
      sha512: this.#sha512.digest('hex'),
    };
  }

  /** Lets go of the file without finishing it. */
  abandon(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#handle);
  }

  #flush(): void {
    this.#put(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #put(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#sha512.update(bytes);
    this.#bytes += bytes.length;
    for (let from = 0; from < bytes.length;) from += writeSync(this.#handle, bytes, from);
  }
}
