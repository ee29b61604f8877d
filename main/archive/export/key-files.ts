import type { Database } from 'better-sqlite3';
import { publicKeyPem } from '../evidence/checkpoint.ts';
import { keyEntries, keyRows } from '../evidence/key-history.ts';
import { consistencyProof } from '../evidence/merkle.ts';
import { stampRows } from '../evidence/time-stamps.ts';
import { storedNodes } from '../evidence/tree.ts';
import type { PackageFolder } from './package.ts';

/** One earlier state of the log in proofs/consistency.ndjson, and the way from it to the package's checkpoint. */
interface EarlierState {
  /** File in proofs/ that states it. */
  file: string;
  size: number;
}

/**
 * Keys and time stamps of a package: which keys signed before, how each handed over to the next, which checkpoints
 * an authority stamped, and for each of these that the log has only grown since.
 * @param size entries that the package's checkpoint covers
 */
export function writeKeysAndStamps(db: Database, files: PackageFolder, size: number): { keys: number; stamps: number } {
  const states: EarlierState[] = [];
  const entries = keyEntries(db).filter(({ position }) => position < size);
  const rows = keyRows(db).slice(0, entries.length);
  if (rows.length > 1) {
    for (const [index, row] of rows.entries()) {
      files.write(`proofs/keys/${index + 1}.pem`, publicKeyPem(row.public_key));
      const { handOver, position } = entries[index] ?? { handOver: null, position: 0 };
      if (handOver === null) continue;
      const file = `keys/${index + 1}-hand-over.txt`;
      files.write(`proofs/${file}`, handOver);
      states.push({ file, size: position });
    }
  }
  const stamps = stampRows(db).filter((row) => row.reply !== null && row.size <= size);
  for (const { id, note, reply, size: stamped } of stamps) {
    files.write(`proofs/time-stamp-${id}.txt`, note);
    files.put(`proofs/time-stamp-${id}.tsr`, reply ?? '');
    states.push({ file: `time-stamp-${id}.txt`, size: stamped });
  }
  if (states.length > 0) {
    const node = storedNodes(db);
    const lines = states.map(({ file, size: from }) =>
      JSON.stringify({
        file,
        from,
        to: size,
        path: consistencyProof(from, size, node).map((hash) => hash.toString('hex')),
      }),
    );
    files.write('proofs/consistency.ndjson', `${lines.join('\n')}\n`);
  }
  return { keys: rows.length, stamps: stamps.length };
}
