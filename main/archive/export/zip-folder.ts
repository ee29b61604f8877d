import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Packs files of a folder into a zip under one top folder, streaming. */
export async function zipFolder(
  folder: string,
  paths: readonly string[],
  zip: { file: string; topFolder: string; time: number },
  signal: AbortSignal,
): Promise<void> {
  const archive = new ZipFile();
  const failed = new Promise<never>((_resolve, reject) => {
    archive.on('error', reject);
  });
  for (const path of paths) {
    // The permissions of a file here are nobody's business there.
    archive.addFile(join(folder, path), `${zip.topFolder}/${path}`, { mtime: new Date(zip.time), mode: 0o100644 });
  }
  archive.end();
  const writing = pipeline(archive.outputStream, createWriteStream(zip.file, { flags: 'wx', mode: 0o600 }), { signal });
  await Promise.race([writing, failed]);
  const handle = await open(zip.file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
