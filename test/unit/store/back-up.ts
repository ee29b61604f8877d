/** A process that makes one backup after another until somebody kills it. */
import { backupArchive } from '../../../main/archive/store/backup.ts';
import { openWriter } from '../../../main/archive/store/database.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const writer = openWriter(folder, { hostName: 'cli', appVersion: '1.2.3' });
for (let made = 0; ; made += 1) {
  await backupArchive(writer.db, file, { overwrite: true });
  process.stdout.write(`backup ${made} done\n`);
}
