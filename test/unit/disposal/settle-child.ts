/** A process that applies the erasure policy, or carries out a plan, and scrubs the files, until somebody kills it. */
import { runDisposition } from '../../../main/archive/disposal/disposition.ts';
import { settleErasures } from '../../../main/archive/disposal/erasures.ts';
import { scrubRemains } from '../../../main/archive/disposal/scrub.ts';
import { noLog } from '../../../main/archive/log.ts';
import { openWriter } from '../../../main/archive/store/database.ts';

const [folder = '', plan = ''] = process.argv.slice(2);
const writer = openWriter(folder, { hostName: 'cli', appVersion: '1.2.3' });
const actor = { user: 'ana', host: 'desk', app: 'test' };
process.stdout.write('begins\n');
const doing = { now: Date.now(), actor };
if (plan === '') settleErasures(writer, doing, noLog);
else {
  const input = { sha256: plan, confirmedBy: 'Ben', reason: 'x' };
  await runDisposition(writer, input, { signal: new AbortController().signal, doing: () => doing });
}
process.stdout.write('destroyed\n');
await scrubRemains(writer, { now: () => 9500, actor });
process.stdout.write('scrubbed\n');
writer.close();
