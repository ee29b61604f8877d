/** A process that opens the archive for writing and stays: for tests of the lock. */
import { openWriter } from '../../../main/archive/store/database.ts';

const writer = openWriter(process.argv[2] ?? '', { hostName: process.argv[3] ?? 'cli', appVersion: '1.2.3' });
process.stdout.write('open\n');
setInterval(() => writer.db.pragma('user_version'), 1000);
