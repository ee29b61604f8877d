import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '../preload/contract.ts';
import type { ReviewChange, ReviewScope } from '../preload/model.ts';
import { continueAction, continueUndo, startAction } from '../main/archive/review/actions.ts';
import { reviewMarks } from '../main/archive/review/marks-of.ts';
import { createQueue } from '../main/archive/review/queues.ts';
import { reviewReport } from '../main/archive/review/report.ts';
import { savedSearchNews, saveSearch } from '../main/archive/review/saved-searches.ts';
import { openWriter } from '../main/archive/store/database.ts';
import { buildArchive } from './build.ts';

/** node bench/review.ts SIZE: milliseconds of CPU for what reviewers do, on an archive of so many conversations. */
const size = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'bench-review-'));
const doing = { now: 1, actor: { user: 'bench', host: 'bench', app: 'bench' } };
const everything = { kind: 'query', query: '', timeZone: 'UTC' } as const;

function cpuOf<T>(work: () => T): { ms: number; value: T } {
  const began = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(began);
  return { ms: (user + system) / 1000, value };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

try {
  await buildArchive(folder, size);
  const writer = openWriter(folder, { hostName: 'bench', appVersion: 'bench' });
  const { db } = writer;
  const ids = db
    .prepare<[], string>(
      `SELECT c.source || ':' || a.account_id || ':' || c.remote_id FROM conversation AS c
       JOIN account AS a ON a.key = c.account ORDER BY c.rid LIMIT 2000`,
    )
    .pluck()
    .all();
  const all = (change: ReviewChange, scope: ReviewScope) => {
    const { action } = startAction(db, change, scope, doing);
    while (continueAction(db, action, doing) > 0);
    return action;
  };
  const single = ids.slice(0, 300).map((id) => {
    const began = performance.now();
    const { ms } = cpuOf(() => all({ kind: 'mark', outcome: 'relevant' }, { kind: 'ids', ids: [id] }));
    return { ms, wall: performance.now() - began };
  });
  const tagged = cpuOf(() => all({ kind: 'tag', tag: 'bulk' }, everything));
  const undone = cpuOf(() => {
    while (continueUndo(db, tagged.value, doing) > 0);
  });
  const sampling = contract['queues.create'].input.parse({
    name: 'sample',
    scope: { kind: 'sample', query: '', size: 500 },
    order: 'drawn',
  });
  const sample = cpuOf(() => createQueue(writer, sampling, doing));
  const report = cpuOf(() => reviewReport(db, { scope: everything, timeZone: 'UTC' }, 1));
  for (const query of ['refund', 'card OR order', 'agent:B*']) {
    saveSearch(db, contract['savedSearches.save'].input.parse({ name: query, query }), doing);
  }
  const nothingNew = cpuOf(() => savedSearchNews(db, 1));
  const marks = cpuOf(() => reviewMarks(db, ids.slice(0, 200)));
  const round = (ms: number) => Math.round(ms * 100) / 100;
  console.table({
    'one decision, CPU (median)': round(median(single.map(({ ms }) => ms))),
    'one decision, wall (median)': round(median(single.map(({ wall }) => wall))),
    'bulk tag, CPU a conversation': round(tagged.ms / size),
    'bulk undo, CPU a conversation': round(undone.ms / size),
    'draw a sample of all': round(sample.ms),
    'report on all': round(report.ms),
    'news of three saved searches, nothing new': round(nothingNew.ms),
    'marks of 200 conversations': round(marks.ms),
  });
  writer.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
