/** A process that applies the erasure policy and scrubs the files, until somebody kills it. */
import { settleErasures } from '../../../main/archive/disposal/erasures.ts';
import { scrubRemains } from '../../../main/archive/disposal/scrub.ts';
import { noLog } from '../../../main/archive/log.ts';
import { openWriter } from '../../../main/archive/store/database.ts';

const [folder = ''] = process.argv.slice(2);
const writer = openWriter(folder, { hostName: 'cli', appVersion: '1.2.3' });
const actor = { user: 'ana', host: 'desk', app: 'test' };
process.stdout.write('begins\n');
settleErasures(writer, { now: 9000, actor }, noLog);
process.stdout.write('destroyed\n');
await scrubRemains(writer, { now: () => 9500, actor });
process.stdout.write('scrubbed\n');
writer.close();
