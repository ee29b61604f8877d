import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { ArchiveError } from '../../../preload/errors.ts';
import { archiveVersion } from './migrate.ts';

/** "TxAr" in the database header: tells our files from other programs' databases. */
export const applicationId = 0x54784172;

export interface ArchiveFacts {
  /** Format of the archive; 0 for one that has no tables yet. */
  version: number;
}

/**
 * Looks at a database file through a read-only connection, which changes nothing in it: not even the pages that
 * a crash left in its write-ahead log are moved.
 * @throws ArchiveError archive-corrupt for a database of another program
 * @throws SqliteError for what is no database at all
 */
export function examineArchive(file: string): ArchiveFacts {
  if (statSync(file).size === 0) return { version: 0 };
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const version = archiveVersion(db);
    const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
    const owner = db.pragma('application_id', { simple: true });
    if (owner !== applicationId && (tables > 0 || version > 0)) {
      throw new ArchiveError('archive-corrupt', 'The file is a database of another program, not an archive.', {
        hint: 'Choose another folder for the archive. Nothing was changed.',
      });
    }
    return { version };
  } finally {
    db.close();
  }
}
