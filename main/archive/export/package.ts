import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bagDeclaration, bagInfoText, readableSize, writeManifests } from './bagit.ts';
import { OutputFile, type WrittenFile } from './output-file.ts';

interface OpenFile {
  file: OutputFile;
  payload: boolean;
}

/** The files of one export while it is made: payload under data/, the rest beside it. */
export class PackageFolder {
  readonly folder: string;
  readonly #open = new Set<OpenFile>();
  readonly #payload: WrittenFile[] = [];
  readonly #tags: WrittenFile[] = [];

  readonly #durable: boolean;

  /** @param durable false where the files are only packed into another one and thrown away */
  constructor(folder: string, { durable = true } = {}) {
    this.folder = folder;
    this.#durable = durable;
  }

  /** Starts a payload file (`data/…`) or a tag file, to be closed by `closeAll`. */
  file(path: string): OutputFile {
    const place = join(this.folder, path);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    const file = new OutputFile(path, place);
    this.#open.add({ file, payload: path.startsWith('data/') });
    return file;
  }

  /** Writes a whole file. */
  put(path: string, content: string | Uint8Array): void {
    const file = this.file(path);
    file.write(content);
    this.close(file);
  }

  /** Finishes one file before the others. */
  close(file: OutputFile): void {
    for (const entry of this.#open) {
      if (entry.file !== file) continue;
      this.#finish(entry);
      return;
    }
  }

  write(path: string, text: string): void {
    this.file(path).write(text);
    this.closeAll();
  }

  /** Finishes all open files. */
  closeAll(): void {
    for (const entry of this.#open) this.#finish(entry);
  }

  #finish(entry: OpenFile): void {
    (entry.payload ? this.#payload : this.#tags).push(entry.file.close({ durable: this.#durable }));
    this.#open.delete(entry);
  }

  /** Lets go of all files, before the folder is thrown away. */
  abandon(): void {
    for (const { file } of this.#open) file.abandon();
    this.#open.clear();
  }

  get payload(): readonly WrittenFile[] {
    return this.#payload;
  }

  /** Writes the bag's own files and gives all files of the bag. */
  seal(labels: readonly (readonly [string, string])[]): WrittenFile[] {
    const bytes = this.#payload.reduce((sum, file) => sum + file.bytes, 0);
    this.write('bagit.txt', bagDeclaration);
    this.write(
      'bag-info.txt',
      bagInfoText([...labels, ['Payload-Oxum', `${bytes}.${this.#payload.length}`], ['Bag-Size', readableSize(bytes)]]),
    );
    return writeManifests(this.folder, this.#payload, this.#tags);
  }

  remove(): void {
    this.abandon();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
