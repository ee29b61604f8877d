import { createReadStream, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import { toReadError } from './file-error.ts';
import { openZip } from './zip-reader.ts';

/** A package that somebody gave us, as folder or zip: nothing in it is trusted. */
export interface PackageSource {
  /** Files relative to the bag, with `/`, sorted. */
  readonly paths: readonly string[];
  /** What is already wrong with how it is packed. */
  readonly problems: readonly { subject: string; problem: string }[];
  has(path: string): boolean;
  size(path: string): number;
  /** The content, in pieces. Fails with an error whose message says what is wrong. */
  read(path: string): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** @throws ArchiveError path-unavailable, invalid-input */
export async function openPackage(path: string): Promise<PackageSource> {
  let isFolder: boolean;
  try {
    isFolder = lstatSync(path).isDirectory();
  } catch (error) {
    throw toReadError(error, path);
  }
  const source = isFolder ? openFolder(path) : await openZip(path);
  if (source.has('bagit.txt') || source.has('manifest-sha256.txt') || source.has('bag-info.txt')) return source;
  await source.close();
  throw new ArchiveError('invalid-input', `${basename(path)} is not an export package: it has no bagit.txt.`, {
    hint: 'Give the folder or the zip that the export made, not a folder above or inside it.',
  });
}

function openFolder(folder: string): PackageSource {
  const sizes = new Map<string, number>();
  const problems: { subject: string; problem: string }[] = [];
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) sizes.set(path, lstatSync(join(folder, path)).size);
      else problems.push({ subject: path, problem: 'is neither a file nor a folder, and was not followed' });
    }
  };
  walk('');
  return {
    paths: [...sizes.keys()].sort(),
    problems,
    has: (path) => sizes.has(path),
    size: (path) => sizes.get(path) ?? 0,
    read: (path) => createReadStream(join(folder, path)) as AsyncIterable<Buffer>,
    close: () => Promise.resolve(),
  };
}
