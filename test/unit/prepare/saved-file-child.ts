/** Reads a saved file in batches, as the preparing thread does, and tells how many records it holds. */
import { nextBatch } from '../../../main/archive/prepare/tasks.ts';

const [file = ''] = process.argv.slice(2);
let records = 0;
let rejected = 0;
for (let from: number | null = 0; from !== null;) {
  const batch = nextBatch(file, from, 0);
  records += batch.records.length;
  rejected += batch.rejected.length;
  from = batch.next;
}
process.stdout.write(JSON.stringify({ records, rejected }));
